import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Requester,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import { agentKey, type Caller } from '../principals/Principal';
import { toTargetRef } from '../targets/TargetReader';
import type { GateParts } from './GateParts';
import type { Asked } from './Preparation';

/** The operation of a name, or what there is instead. */
export function requireOperation(
  { operations }: Pick<GateParts, 'operations'>,
  name: string,
): Operation {
  const operation = operations.get(name);
  if (!operation) {
    const names = operations.describe().map(one => one.name);
    throw new InputError(
      `There is no operation '${name.slice(0, 100)}'; there are ${names.join(', ')}`,
    );
  }
  return operation;
}

/** The input with defaults, or every fault of it. */
export function parseInput(
  operation: Operation,
  input: JsonObject,
): JsonObject {
  const parsed = operation.input.safeParse(input);
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, 10)
      .map(
        ({ path, message }) => `${['input', ...path].join('.')}: ${message}`,
      );
    throw new InputError(
      `The input of ${operation.name} does not fit: ${faults.join('; ')}`,
    );
  }
  return parsed.data as JsonObject;
}

/** Who asks, and everybody who therefore may not vote. */
function toRequester(
  { principal, entrance }: Caller,
  accountable: string | undefined,
  unverifiedName: string | undefined,
): Requester {
  if (principal.kind === 'other') {
    throw new NotAllowedError(principal.refusal);
  }
  const answers =
    principal.kind === 'subject' ? principal.accountable : accountable;
  return {
    ref: principal.ref,
    kind: principal.kind,
    ...(principal.kind === 'user' &&
      principal.actor && { actor: principal.actor }),
    ...(answers && { accountable: answers }),
    set: [
      ...new Set(
        [principal.ref, ...(answers ? [answers] : [])].map(ref =>
          ref.toLowerCase(),
        ),
      ),
    ],
    ...(unverifiedName && { unverifiedName }),
    entrance,
  };
}

/** Everything that is asked, with the target as the estate knows it and the caller as the catalog does. */
export async function readAsked(
  parts: GateParts,
  submission: RequestSubmission,
  caller: Caller,
): Promise<Asked> {
  const { principal } = caller;
  const operation = requireOperation(parts, submission.operation);
  const input = parseInput(operation, submission.input);
  const entityRef = toTargetRef(submission.target);
  const key = agentKey(principal);
  const registered = parts.settings.agents.find(agent => agent.key === key);
  const requester = toRequester(
    caller,
    registered?.accountable,
    submission.agentName,
  );
  const target = await parts.targets.read(entityRef);
  if (!target) {
    throw new NotFoundError(
      `The estate knows no object ${entityRef} that operations work on: name a workload, an application or a repository, as find-entities tells them`,
    );
  }
  if (!operation.targetTypes.includes(target.target.type)) {
    throw new InputError(
      `${operation.name} works on ${operation.targetTypes.join(', ')}, and ${entityRef} is of type ${target.target.type}`,
    );
  }
  let requesterGroups: readonly string[];
  if (principal.kind === 'subject') {
    requireScope(principal, operation.name, target.target.environment);
    requesterGroups = [principal.accountable.toLowerCase()];
  } else {
    const person = await parts.acquaintance.person(principal.ref);
    if (!person) {
      throw new NotAllowedError(
        `The catalog has no user ${principal.ref}: only its people ask for operations`,
      );
    }
    requesterGroups = person.groups;
  }
  return {
    operation,
    input,
    target,
    requester,
    requesterGroups,
    agent: key
      ? {
          key,
          registered: registered !== undefined || principal.kind === 'subject',
        }
      : undefined,
    recommendation: submission.recommendation,
    now: await parts.now(),
  };
}

function requireScope(
  principal: Extract<Caller['principal'], { kind: 'subject' }>,
  operation: string,
  environment: Asked['target']['target']['environment'],
): void {
  if (!principal.operations.includes(operation)) {
    throw new NotAllowedError(
      `${principal.ref} may ask for ${principal.operations.join(', ') || 'nothing'}, and not for ${operation}: see causeway.gate.subjects`,
    );
  }
  if (
    environment?.origin !== 'platform' ||
    !principal.environments.includes(environment.value)
  ) {
    throw new NotAllowedError(
      `${principal.ref} may ask for changes in ${principal.environments.join(', ') || 'no environment'} only: see causeway.gate.subjects`,
    );
  }
}
