import type { JsonObject } from '@backstage/types';
import type { Binding } from '@causeway/backstage-plugin-causeway-common';
import {
  asNothingWritten,
  beforeWriting,
  NothingWritten,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import type { JsonRecord } from '../../../estate/sources/read';
import { ApiFailure } from '../clients/ApiFailure';
import {
  type KubernetesWriteClient,
  type ObjectPatch,
  requestAnnotation,
} from '../clients/KubernetesClients';
import { asRefusal, targetChanged } from '../clients/refusals';
import type { WriteClients, WritePair } from '../clients/WriteClients';
import { lookBackAfter, type Pause } from '../shared/Pause';
import { type FieldsOf, placeOf, requireSame } from './bindWorkload';
import { operatorRights } from './tryOut';
import { annotationOf, uidOf, versionOf, workloadPath } from './workloads';

/*
 * Compare and swap. Right before the write the object is read, held against
 * the binding, and its resourceVersion goes with the patch: the API server
 * refuses when anything changed in between. Status writes change that version
 * all the time, so a conflict is no reason to give up while the bound fields
 * are the same; when one of them is not, it is (THREATS C3).
 *
 * The patch marks the object with the request's id. That mark is how a write
 * without an answer is found again, and how a second attempt finds the first.
 */

/** Most times that a write is tried against an object that keeps changing. */
const attempts = 6;

/** Longest wait that a server may ask for. */
const longestWait = 10_000;

/** One write of one object. */
export interface WorkloadWrite {
  clients: WriteClients;
  binding: Binding;
  /** What the object is marked with. */
  mark: string;
  /** Mark that it must carry before; any when absent. */
  after?: string;
  fields: FieldsOf;
  /** Hash of the fields as they must be right before the write. */
  expected: string;
  patch: ObjectPatch;
  pause: Pause;
  signal: AbortSignal;
}

/**
 * Writes once, or finds that it is written; answers with the object.
 *
 * @throws OperationRefusal or NothingWritten where nothing was written; OutcomeUnknown where nobody can tell
 */
export async function writeWorkload(write: WorkloadWrite): Promise<JsonRecord> {
  const { clients, binding, signal } = write;
  let connected = false;
  try {
    return await clients.kubernetes(binding.source, signal, pair => {
      connected = true;
      return tryToWrite(write, pair);
    });
  } catch (error) {
    throw connected ? error : asNothingWritten(error);
  }
}

async function tryToWrite(
  write: WorkloadWrite,
  pair: WritePair<KubernetesWriteClient>,
): Promise<JsonRecord> {
  const { binding, fields, expected, mark, pause, signal } = write;
  const path = workloadPath(placeOf(binding));
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { live, isWritten } = await beforeWriting(async () => {
      const found = await pair.client.find(path);
      if (
        found &&
        uidOf(found) === binding.uid &&
        annotationOf(found, requestAnnotation) === mark
      ) {
        return { live: found, isWritten: true };
      }
      requireSame(binding, found, expected, fields);
      requireMark(write, found);
      signal.throwIfAborted();
      return { live: found, isWritten: false };
    });
    if (isWritten) {
      return live;
    }
    try {
      return await pair.client.patch(path, marked(write, live));
    } catch (error) {
      if (!(error instanceof ApiFailure)) {
        throw error;
      }
      if (error.status === 429) {
        const wait = Math.min(error.retryAfter ?? 1_000, longestWait);
        await beforeWriting(() => pause(wait, signal));
      } else if (error.tookEffect === 'perhaps') {
        return await lookBack(write, pair, live, error);
      } else if (error.status !== 409 && error.status !== 404) {
        throw asNothingWritten(asRefusal(error, { rights: operatorRights }));
      }
    }
  }
  throw new NothingWritten(
    `${binding.kind} ${binding.namespace}/${binding.name} changed or was held back ${attempts} times while it was to be written: nothing was written, ask again when it is quieter`,
  );
}

function requireMark({ after, binding }: WorkloadWrite, live: JsonRecord) {
  if (after !== undefined && annotationOf(live, requestAnnotation) !== after) {
    throw targetChanged(
      `${binding.kind} ${binding.namespace}/${binding.name} was written by another request since`,
    );
  }
}

function marked(
  { patch, binding, mark }: WorkloadWrite,
  live: JsonRecord,
): ObjectPatch {
  return {
    type: patch.type,
    body: {
      ...patch.body,
      metadata: {
        uid: binding.uid,
        resourceVersion: versionOf(live),
        annotations: { [requestAnnotation]: mark },
      },
    } satisfies JsonObject,
  };
}

/** A write was sent and nobody answered: the object itself says what became of it. */
async function lookBack(
  { binding, mark, pause }: WorkloadWrite,
  pair: WritePair<KubernetesWriteClient>,
  before: JsonRecord,
  failure: ApiFailure,
): Promise<JsonRecord> {
  const shown = `${binding.kind} ${binding.namespace}/${binding.name} of ${binding.source}`;
  let seen: JsonRecord | undefined;
  for (const wait of lookBackAfter) {
    await pause(wait);
    let live: JsonRecord | undefined;
    try {
      live = await pair.lookingBack().find(workloadPath(placeOf(binding)));
    } catch {
      continue;
    }
    if (!live || uidOf(live) !== binding.uid) {
      throw new OutcomeUnknown(
        `${shown} is gone after a write that got no answer: nobody can say whether it took effect before`,
        failure,
      );
    }
    if (annotationOf(live, requestAnnotation) === mark) {
      return live;
    }
    seen = live;
    if (versionOf(live) !== versionOf(before)) {
      // The write named the version before: it can never take effect any more.
      break;
    }
  }
  if (!seen) {
    throw new OutcomeUnknown(
      `The write of ${shown} got no answer, and its source does not answer now: nobody can say whether it took effect`,
      failure,
    );
  }
  throw new NothingWritten(
    `The write of ${shown} did not take effect: ${failure.told}`,
    failure,
  );
}
