import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createEstateGraph } from '../testing/estateGraph';
import { EdgeDetails } from './EdgeDetails';
import { NodeDetails } from './NodeDetails';

const graph = createEstateGraph();
const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

describe('NodeDetails', () => {
  it('takes the focus, links to the page, and opens relations by keyboard', async () => {
    const onOpenEdge = jest.fn();
    const onClose = jest.fn();
    renderInTestApp(
      <NodeDetails
        node={graph.nodes[1]}
        graph={graph}
        onOpenEdge={onOpenEdge}
        onClose={onClose}
      />,
      { mountedRoutes },
    );
    const panel = await screen.findByRole('complementary', {
      name: 'Details of ledger',
    });
    expect(
      within(panel).getByRole('heading', { name: 'ledger' }),
    ).toHaveFocus();
    expect(within(panel).getByText('Degraded')).toBeInTheDocument();
    expect(
      within(panel).getByRole('link', { name: 'Open page' }),
    ).toHaveAttribute('href', '/catalog/default/component/ledger');
    const relation = within(panel).getByRole('button', {
      name: /payment-api depends on/,
    });
    act(() => relation.focus());
    await userEvent.keyboard('{Enter}');
    expect(onOpenEdge).toHaveBeenCalledWith(graph.edges[1]);
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });
});

describe('EdgeDetails', () => {
  it('shows rule, evidence, confidence and when it was last seen', async () => {
    renderInTestApp(
      <EdgeDetails
        edge={graph.edges[1]}
        graph={graph}
        now={graph.now}
        onClose={() => {}}
      />,
      { mountedRoutes },
    );
    const panel = await screen.findByRole('complementary', {
      name: 'Evidence of a relation',
    });
    for (const text of [
      'payment-api depends on ledger',
      'env LEDGER_URL names ledger.core-banking.svc',
      'service-dns-name',
      'likely: inferred by convention',
      '14 sec. ago',
    ]) {
      expect(within(panel).getByText(text)).toBeInTheDocument();
    }
  });

  it('says that a hand-written relation has no evidence', async () => {
    renderInTestApp(
      <EdgeDetails
        edge={graph.edges[6]}
        graph={graph}
        now={graph.now}
        onClose={() => {}}
      />,
      { mountedRoutes },
    );
    expect(
      await screen.findByText(/Declared by hand in the catalog/),
    ).toBeInTheDocument();
  });
});
