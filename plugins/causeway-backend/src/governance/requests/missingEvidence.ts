import type { Recommendation } from '@causeway/backstage-plugin-causeway-common';

const parts: [string, (record: Recommendation) => boolean][] = [
  ['asked', ({ asked }) => Boolean(asked)],
  ['decisionType', ({ decisionType }) => Boolean(decisionType)],
  ['observed', ({ observed }) => observed.length > 0],
  ['constraints', ({ constraints }) => constraints.length > 0],
  ['decided', ({ decided }) => decided.length > 0],
  ['rationale', ({ rationale }) => Boolean(rationale)],
  ['rejected', ({ rejected }) => rejected.length > 0],
  ['confidence', ({ confidence }) => confidence !== undefined],
  ['model', ({ model }) => Boolean(model)],
];

/** Parts of a decision record that are not there; every part where there is none. */
export function missingEvidence(
  recommendation: Recommendation | undefined,
): string[] {
  return parts.flatMap(([name, isThere]) =>
    recommendation && isThere(recommendation) ? [] : [name],
  );
}
