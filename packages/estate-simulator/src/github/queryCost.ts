import {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** Most nodes that GitHub lets one query ask for. */
export const MAX_NODES = 500_000;

/** What a query could return, and what GitHub charges for it. */
export interface QueryCost {
  nodes: number;
  /** Points of the hourly limit. */
  points: number;
}

/**
 * Counts as GitHub does: every field with `first` or `last` multiplies by it,
 * and the requests that it takes to fill the connections are divided by 100.
 */
export function queryCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): QueryCost {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode =>
          definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map(fragment => [fragment.name.value, fragment]),
  );
  let nodes = 0;
  let requests = 0;

  const walk = (selections: SelectionSetNode | undefined, parents: number) => {
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const size = pageSize(selection, variables);
        if (size === undefined) {
          walk(selection.selectionSet, parents);
        } else {
          requests += parents;
          nodes += parents * size;
          walk(selection.selectionSet, parents * size);
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, parents);
      } else {
        walk(fragments.get(selection.name.value)?.selectionSet, parents);
      }
    }
  };
  walk(operation.selectionSet, 1);
  return { nodes, points: Math.max(1, Math.round(requests / 100)) };
}

function pageSize(
  field: FieldNode,
  variables: Record<string, unknown>,
): number | undefined {
  const argument = field.arguments?.find(({ name }) =>
    ['first', 'last'].includes(name.value),
  );
  if (!argument) {
    return undefined;
  }
  const value =
    argument.value.kind === Kind.VARIABLE
      ? variables[argument.value.name.value]
      : argument.value.kind === Kind.INT && argument.value.value;
  const size = Number(value);
  return Number.isFinite(size) ? size : undefined;
}
