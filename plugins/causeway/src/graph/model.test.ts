import { createEstateGraph } from '../testing/estateGraph';
import {
  edgesOf,
  facetValues,
  filterGraph,
  hiddenAtFirst,
  type HiddenValues,
} from './model';

const graph = createEstateGraph();
const none: HiddenValues = { ...hiddenAtFirst, relations: [] };
const titles = (hidden: Partial<HiddenValues>) =>
  filterGraph(graph, { ...none, ...hidden }).nodes.map(({ title, type }) =>
    type === 'service' ? title : `${type} ${title}`,
  );

describe('filterGraph', () => {
  it('shows everything when nothing is hidden', () => {
    const shown = filterGraph(graph, none);
    expect(shown.nodes).toHaveLength(graph.nodes.length);
    expect(shown.edges).toHaveLength(graph.edges.length);
  });

  it('drops what only a hidden relation leads to', () => {
    expect(titles({ relations: ['ownedBy'] })).not.toContain('team Payments');
    expect(titles({ relations: ['ownedBy', 'dependsOn'] })).not.toContain(
      'ledger',
    );
  });

  it('keeps what lies behind a hidden node, without the edges to it', () => {
    const shown = filterGraph(graph, {
      ...none,
      types: ['kubernetes-workload'],
    });
    expect(shown.nodes.map(({ title }) => title)).toContain('payments-db');
    expect(
      shown.edges.some(({ from, to }) => `${from}${to}`.includes('deployment')),
    ).toBe(false);
  });

  it('filters by environment and owner, absent ones as the empty value', () => {
    expect(titles({ environments: ['production'] })).toEqual([
      'payment-api',
      'ledger',
      'github-repository meridian/payment-api',
      'team Payments',
    ]);
    expect(titles({ environments: [''] })).not.toContain('ledger');
    expect(titles({ owners: ['group:default/core-banking'] })).not.toContain(
      'ledger',
    );
  });

  it('never hides the root', () => {
    expect(
      titles({
        types: ['service'],
        owners: ['group:default/payments'],
        environments: [''],
      }),
    ).toContain('payment-api');
  });
});

describe('facetValues', () => {
  it('counts each value, also the absent one', () => {
    const values = facetValues(graph);
    expect(values.relations).toContainEqual({ value: 'dependsOn', count: 2 });
    expect(values.environments).toEqual([
      { value: '', count: 4 },
      { value: 'production', count: 5 },
    ]);
  });
});

describe('edgesOf', () => {
  it('lists outgoing edges before incoming ones', () => {
    expect(
      edgesOf(graph.edges, graph.rootRef).map(({ from, type }) =>
        from === graph.rootRef ? `> ${type}` : `< ${type}`,
      ),
    ).toEqual(['> dependsOn', '> sourcedFrom', '> ownedBy', '< partOf']);
  });
});
