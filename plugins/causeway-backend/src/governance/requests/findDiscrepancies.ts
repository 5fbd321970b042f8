import type { JsonValue } from '@backstage/types';
import type {
  Plan,
  Recommendation,
} from '@causeway/backstage-plugin-causeway-common';
import canonicalize from 'canonicalize';

const same = (a: JsonValue | undefined, b: JsonValue | undefined) =>
  canonicalize(a ?? null) === canonicalize(b ?? null);

const show = (value: JsonValue | undefined) =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);

/** Values of a recommendation that the plan does not bear out: what an agent says it does is held against what would be done. */
export function findDiscrepancies(
  { decided }: Pick<Recommendation, 'decided'>,
  { changes }: Pick<Plan, 'changes'>,
): string[] {
  const told = decided.flatMap(({ path, current, proposed }) => {
    const change = changes.find(one => one.path === path);
    if (!change) {
      return [
        `The recommendation changes ${path}, the plan leaves it as it is`,
      ];
    }
    return [
      ...(proposed !== undefined && !same(proposed, change.after)
        ? [
            `The recommendation proposes ${show(proposed)} for ${path}, the plan makes it ${show(change.after)}`,
          ]
        : []),
      ...(current !== undefined && !same(current, change.before)
        ? [
            `The recommendation saw ${show(current)} at ${path}, it is ${show(change.before)}`,
          ]
        : []),
    ];
  });
  const silent =
    decided.length === 0
      ? []
      : changes
          .filter(({ path }) => decided.every(one => one.path !== path))
          .map(
            ({ path }) =>
              `The plan changes ${path}, of which the recommendation says nothing`,
          );
  return [...told, ...silent];
}
