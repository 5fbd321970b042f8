import { createEstateGraph } from '../testing/estateGraph';
import { directDependents } from './directDependents';

it('keeps what needs the root, and nothing that merely has to do with it', () => {
  const graph = createEstateGraph();
  const { rootRef } = graph;
  const [, other, owner, far] = graph.nodes.map(({ entityRef }) => entityRef);
  const kept = { from: other, type: 'dependsOn', to: rootRef };
  const { shown, count } = directDependents(
    {
      ...graph,
      edges: [
        kept,
        { from: rootRef, type: 'dependsOn', to: owner },
        { from: owner, type: 'deploys', to: rootRef },
        { from: far, type: 'dependsOn', to: other },
      ],
    },
    8,
  );
  expect(count).toBe(1);
  expect(shown.edges).toEqual([kept]);
  expect(shown.nodes.map(({ entityRef }) => entityRef)).toEqual([
    rootRef,
    other,
  ]);
});

it('keeps the first by name, and says how many there are', () => {
  const graph = createEstateGraph();
  const { rootRef, nodes } = graph;
  const others = nodes.slice(1, 4);
  const { shown, count } = directDependents(
    {
      ...graph,
      edges: others.map(({ entityRef }) => ({
        from: entityRef,
        type: 'uses',
        to: rootRef,
      })),
    },
    2,
  );
  const titles = others.map(({ title }) => title);
  expect(count).toBe(3);
  expect(shown.edges).toHaveLength(2);
  expect(shown.nodes.slice(1).map(({ title }) => title)).toEqual(
    titles.sort((a, b) => a.localeCompare(b)).slice(0, 2),
  );
});
