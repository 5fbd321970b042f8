import type { Binding, Plan } from '@causeway/backstage-plugin-causeway-common';
import {
  OperationRefusal,
  type Written,
} from '@causeway/backstage-plugin-causeway-node';
import { ConflictError } from '@backstage/errors';
import { targetChanged } from '../clients/refusals';
import type { OperationParts } from '../shared/OperationParts';
import {
  type ApplicationState,
  deployedOf,
  readState,
  specFields,
} from './applicationState';
import { beginOperation } from './beginOperation';
import { boundAddress, requireSame } from './bindApplication';

/** Begins a rollback to an entry of the history, after `check` has agreed to what is there. */
export async function rollBackTo(options: {
  parts: OperationParts;
  binding: Binding;
  plan: Plan;
  id: number;
  prune: boolean;
  check: (state: ApplicationState) => void;
  /** Hash of `fields`, as they must be right before. */
  expected: string;
  fields: Parameters<typeof requireSame>[3];
  signal: AbortSignal;
}): Promise<{ state: ApplicationState; revision: string }> {
  const { parts, binding, plan, id, prune, signal } = options;
  const address = boundAddress(binding, plan);
  let before: ApplicationState | undefined;
  const revisionOf = (state: ApplicationState) =>
    state.history.find(entry => entry.id === id)?.revision;
  const state = await beginOperation({
    pair: parts.write.argocd(binding.source, signal),
    address,
    pause: parts.pause,
    signal,
    check: async client => {
      const now = requireSame(
        binding,
        await client.findApplication(address),
        options.expected,
        options.fields,
      );
      requireIdle(now, address.name);
      options.check(now);
      if (revisionOf(now) === undefined) {
        throw targetChanged(
          `The history of ${address.name} no longer has deployment ${id}`,
        );
      }
      before = now;
      return undefined;
    },
    send: client => client.rollback(address, { id, prune, dryRun: false }),
    hasBegun: now =>
      now.operation?.revision === revisionOf(before!) &&
      (now.running ||
        now.operation?.startedAt !== before!.operation?.startedAt ||
        deployedOf(now)?.id !== deployedOf(before!)?.id),
  });
  return { state, revision: revisionOf(before!)! };
}

/** @throws ConflictError while Argo CD is at something else */
export function requireIdle({ running }: ApplicationState, name: string): void {
  if (running) {
    throw new ConflictError(
      `Argo CD is at another operation of ${name}: nothing was begun, ask again when it is done`,
    );
  }
}

/** Goes back to what was deployed before an operation, if its result is still there. */
export async function undoDeployment(options: {
  parts: OperationParts;
  binding: Binding;
  plan: Plan;
  written: Written;
  prune: boolean;
  signal: AbortSignal;
}): Promise<{ message: string }> {
  const { plan, written } = options;
  const previous = plan.bound?.previous;
  if (previous === undefined) {
    throw new OperationRefusal({
      code: 'not-reversible',
      reason: 'Nothing was deployed before: there is nothing to go back to',
      hint: 'Delete what was deployed, or mend it in Git',
    });
  }
  await rollBackTo({
    ...options,
    id: Number(previous),
    expected: String(written.left.specHash),
    fields: specFields,
    check: ({ operation }) => {
      if (operation?.revision !== written.left.revision) {
        throw targetChanged(
          'Somebody has synced the application since: it is not rolled back',
        );
      }
    },
  });
  return {
    message: `Rolled back to deployment ${previous}; Git still says otherwise`,
  };
}

/** Reads an Application for verification, with the reader's credentials. */
export async function readPlanned(
  parts: OperationParts,
  binding: Binding,
  plan: Plan,
  signal: AbortSignal,
): Promise<ApplicationState | undefined> {
  const found = await parts.plan
    .argocd(binding.source, signal)
    .findApplication(boundAddress(binding, plan));
  const state = found && readState(found);
  return state?.uid === binding.uid ? state : undefined;
}
