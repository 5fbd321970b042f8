import {
  asNothingWritten,
  beforeWriting,
  NothingWritten,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import type { JsonRecord } from '../../../estate/sources/read';
import { ApiFailure } from '../clients/ApiFailure';
import type {
  ApplicationAddress,
  ArgocdWriteClient,
} from '../clients/ArgocdClients';
import { asRefusal } from '../clients/refusals';
import type { WritePair } from '../clients/WriteClients';
import { lookBackAfter, type Pause } from '../shared/Pause';
import { type ApplicationState, readState } from './applicationState';

export const operatorRights =
  'Whoever runs the portal grants the rights of examples/rbac/argocd-operator.csv to the account of causeway.gate.credentials';

const attempts = 5;
const longestWait = 10_000;

/**
 * Begins an operation of an Application. Argo CD takes no resourceVersion with
 * it, so what is bound is checked right before each attempt, and what was begun
 * is looked at afterwards.
 *
 * @throws OperationRefusal or NothingWritten where nothing was begun; OutcomeUnknown where nobody can tell
 */
export async function beginOperation(options: {
  pair: WritePair<ArgocdWriteClient>;
  address: ApplicationAddress;
  /** Reads and checks; answers with the state when it was begun before. */
  check: (client: ArgocdWriteClient) => Promise<ApplicationState | undefined>;
  send: (client: ArgocdWriteClient) => Promise<JsonRecord>;
  /** Whether an Application shows that it was begun. */
  hasBegun: (state: ApplicationState) => boolean;
  pause: Pause;
  signal: AbortSignal;
}): Promise<ApplicationState> {
  const { pair, address, check, send, pause, signal } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await beforeWriting(async () => {
      const begun = await check(pair.client);
      signal.throwIfAborted();
      return begun;
    });
    if (before) {
      return before;
    }
    try {
      return readState(await send(pair.client));
    } catch (error) {
      if (!(error instanceof ApiFailure)) {
        throw error;
      }
      if (error.status === 429) {
        const wait = Math.min(error.retryAfter ?? 1_000, longestWait);
        await beforeWriting(() => pause(wait, signal));
      } else if (error.tookEffect === 'perhaps') {
        return await lookBack(options, error);
      } else if (error.status !== 409) {
        throw asNothingWritten(asRefusal(error, { rights: operatorRights }));
      }
    }
  }
  throw new NothingWritten(
    `Argo CD held the operation on ${address.name} back ${attempts} times: nothing was begun, ask again when it is quieter`,
  );
}

async function lookBack(
  {
    pair,
    address,
    hasBegun,
    pause,
  }: Pick<
    Parameters<typeof beginOperation>[0],
    'pair' | 'address' | 'hasBegun' | 'pause'
  >,
  failure: ApiFailure,
): Promise<ApplicationState> {
  let answered = false;
  for (const wait of lookBackAfter) {
    await pause(wait);
    let found: JsonRecord | undefined;
    try {
      found = await pair.lookingBack().findApplication(address);
    } catch {
      continue;
    }
    if (!found) {
      throw new OutcomeUnknown(
        `Application ${address.name} is gone after a request that got no answer: nobody can say whether it was begun before`,
        failure,
      );
    }
    answered = true;
    const state = readState(found);
    if (hasBegun(state)) {
      return state;
    }
  }
  if (!answered) {
    throw new OutcomeUnknown(
      `The operation on ${address.name} got no answer, and Argo CD does not answer now: nobody can say whether it was begun`,
      failure,
    );
  }
  throw new NothingWritten(
    `The operation on ${address.name} was not begun: ${failure.told}`,
    failure,
  );
}
