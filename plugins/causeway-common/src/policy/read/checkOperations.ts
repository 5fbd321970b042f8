import { likelySpelling } from '../likelySpelling';
import { namedOperations } from '../namedOperations';
import type { ReadDocument } from './checkRules';
import type { PolicyProblem } from './PolicyProblem';

/** Warns of operations that are named and not known: other plugins may add them, or they are misspelt. */
export function checkOperations(
  documents: readonly ReadDocument[],
  known: readonly string[] | undefined,
): PolicyProblem[] {
  if (!known) {
    return [];
  }
  return documents.flatMap(({ source, spec }) =>
    namedOperations(spec)
      .filter(({ operation }) => !known.includes(operation))
      .map(({ operation, path }) => {
        const likely = likelySpelling(operation, known);
        return source.problem({
          severity: 'warning',
          path,
          message: `There is no operation "${operation}" among those that Causeway brings: where nothing else adds it, this does nothing`,
          hint: likely
            ? `${likely} is meant, perhaps.`
            : `Causeway brings ${known.join(', ')}.`,
        });
      }),
  );
}
