import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, type EstateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createEstateGraph } from '../testing/estateGraph';
import { paymentApi } from '../testing/payment';
import { setScreenWidth } from '../testing/screenWidth';

function renderTab(answers: Partial<EstateApi> = {}, search = '') {
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: paymentApi }),
      plugin.getExtension('entity-content:causeway/graph'),
    ],
    initialRouteEntries: [`/${search}`],
    apis: [[estateApiRef, createEstateApi(answers)]],
  });
}

const canvas = () =>
  screen.findByRole('group', { name: 'Relationship graph of payment-api' });

describe('the Graph tab', () => {
  // The canvas itself needs a browser that measures; what is drawn and walked
  // there is the browser tests' part.
  it('draws the graph and says how much of it is shown', async () => {
    renderTab();
    expect(await canvas()).toBeInTheDocument();
    expect(screen.getByText('8 of 9 nodes, 7 relations')).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Legend' })).toHaveTextContent(
      'likely: inferred by convention',
    );
  });

  it('shows the same as a table, with evidence', async () => {
    renderTab();
    await userEvent.click(await screen.findByRole('button', { name: 'Table' }));
    const nodes = screen.getByRole('table', { name: 'Nodes' });
    expect(within(nodes).getAllByRole('row')).toHaveLength(9);
    expect(
      within(nodes).getByRole('row', { name: /payments-db/ }),
    ).toHaveTextContent('Stale');
    const edges = screen.getByRole('table', { name: 'Relations' });
    expect(
      within(edges).getByRole('row', { name: /ledger/ }),
    ).toHaveTextContent(
      'payment-apidepends onledgerenv LEDGER_URL names ledger.core-banking.svcRule service-dns-namelikely14 sec. ago',
    );
  });

  describe('on a narrow screen', () => {
    let restore: () => void;
    beforeEach(() => {
      restore = setScreenWidth(390);
    });
    afterEach(() => restore());

    it('begins with the table, until the graph is chosen', async () => {
      renderTab();
      expect(
        await screen.findByRole('table', { name: 'Nodes' }),
      ).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Graph' }));
      expect(await canvas()).toBeInTheDocument();
    });

    it('draws the graph where the address asks for it', async () => {
      renderTab({}, '?view=graph');
      expect(await canvas()).toBeInTheDocument();
    });
  });

  it('filters by type and resets', async () => {
    renderTab({}, '?view=table');
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Types' }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'Route (1)' }));
    await userEvent.keyboard('{Escape}');
    expect(screen.getByText('7 of 9 nodes, 6 relations')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Reset filters' }),
    );
    expect(screen.getByText('8 of 9 nodes, 7 relations')).toBeInTheDocument();
  });

  it('asks anew for another depth or direction', async () => {
    const getGraph = jest.fn(async () => createEstateGraph());
    renderTab({ getGraph }, '?view=table&depth=3&direction=forward');
    await screen.findByRole('table', { name: 'Nodes' });
    expect(getGraph).toHaveBeenLastCalledWith(
      expect.objectContaining({ depth: 3, direction: 'forward' }),
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'Direction' }));
    await userEvent.click(screen.getByRole('option', { name: 'Backward' }));
    expect(getGraph).toHaveBeenLastCalledWith(
      expect.objectContaining({ depth: 3, direction: 'backward' }),
      expect.anything(),
    );
  });

  it('says that the answer was cut', async () => {
    renderTab({ getGraph: async () => createEstateGraph({ truncated: true }) });
    expect(
      await screen.findByText(/the answer was cut at 9 nodes/),
    ).toBeInTheDocument();
  });

  it('says that nothing is related', async () => {
    const { nodes } = createEstateGraph();
    renderTab({
      getGraph: async () =>
        createEstateGraph({ nodes: nodes.slice(0, 1), edges: [] }),
    });
    expect(
      await screen.findByText('Nothing is related to this entity'),
    ).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const getGraph = jest
      .fn<ReturnType<EstateApi['getGraph']>, []>()
      .mockRejectedValueOnce(new Error('too deep'))
      .mockResolvedValue(createEstateGraph());
    renderTab({ getGraph });
    expect(await screen.findByRole('alert')).toHaveTextContent('too deep');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await canvas()).toBeInTheDocument();
  });
});
