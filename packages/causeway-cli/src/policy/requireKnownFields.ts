import { InputError } from '@backstage/errors';
import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import { isRecord } from './merge';
import { policyLibrary } from './policyLibrary';

/** What a case may expect something of. */
const expectable: Record<keyof Assessment, true> = {
  at: true,
  outcome: true,
  tier: true,
  risk: true,
  decidedBy: true,
  summary: true,
  policyHash: true,
  rules: true,
  doubts: true,
  limits: true,
  approval: true,
  refusals: true,
  manual: true,
  verification: true,
};

/**
 * A case that says something which nobody reads proves nothing, and looks as
 * if it did.
 *
 * @throws InputError with the field, and what is meant, perhaps
 */
export function requireKnownFields(
  one: { input?: unknown; expect?: unknown },
  where: string,
): void {
  const { builtInOperations, likelySpelling, unknownFields } = policyLibrary();
  const fail = (path: string, likely: string | undefined, known: string) => {
    throw new InputError(
      `${where} there is no ${path}: ${likely ? `${likely} is meant, perhaps` : `there are ${known}`}`,
    );
  };
  const input = isRecord(one.input) ? one.input : {};
  for (const { path, likely } of unknownFields(input)) {
    fail(
      `input.${path}`,
      likely,
      'request, change, target, live, claimed, estate, agent, budget, time and doubts, with the fields that conditions of a policy know',
    );
  }
  const names = Object.keys(expectable);
  for (const key of isRecord(one.expect) ? Object.keys(one.expect) : []) {
    if (!names.includes(key)) {
      fail(`expect.${key}`, likelySpelling(key, names), names.join(', '));
    }
  }
  const request = isRecord(input.request) ? input.request : {};
  const { operation, capability } = request;
  const known = Object.keys(builtInOperations);
  if (
    typeof operation === 'string' &&
    capability === undefined &&
    !known.includes(operation)
  ) {
    fail(
      `operation "${operation}" among those that Causeway brings`,
      likelySpelling(operation, known),
      `${known.join(', ')}; of another one say input.request.capability, too`,
    );
  }
}
