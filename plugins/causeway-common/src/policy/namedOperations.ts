import type { PolicySpec } from './PolicyDocument';

/** An operation that a policy names. */
export interface NamedOperation {
  operation: string;
  /** The rule that names it: `freezes/quarter-end`. */
  rule: string;
  /** Keys and positions from the document's root to the name. */
  path: (string | number)[];
}

const lists = [
  'decisions',
  'bounds',
  'limits',
  'freezes',
  'interpretability',
  'gitFirst',
] as const;

/**
 * Every operation that a policy names, and where; `*` is none. A rule about an
 * operation that nobody has does nothing, and reads as if it did.
 *
 * @public
 */
export function namedOperations(spec: PolicySpec): NamedOperation[] {
  const autonomous = spec.riskTiers.flatMap((tier, at) =>
    tier.autonomous.map(({ operation }, position) => ({
      operation,
      rule: `riskTiers/${tier.name}`,
      path: ['spec', 'riskTiers', at, 'autonomous', position],
    })),
  );
  const listed = lists.flatMap(list =>
    spec[list].flatMap(({ name, operations = [] }, at) =>
      operations.map((operation, position) => ({
        operation,
        rule: `${list}/${name}`,
        path: ['spec', list, at, 'operations', position],
      })),
    ),
  );
  return [...autonomous, ...listed].filter(
    ({ operation }) => operation !== '*',
  );
}
