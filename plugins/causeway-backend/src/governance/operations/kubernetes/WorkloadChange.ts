import type { JsonObject } from '@backstage/types';
import type { Binding } from '@causeway/backstage-plugin-causeway-common';
import type {
  Verification,
  Written,
} from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, text } from '../../../estate/sources/read';
import type { ObjectPatch } from '../clients/KubernetesClients';
import { hashCanonical } from '../../hashCanonical';
import type { OperationParts } from '../shared/OperationParts';
import { type FieldsOf, placeOf } from './bindWorkload';
import { rolloutState } from './rolloutState';
import { uidOf, workloadPath } from './workloads';
import { writeWorkload } from './writeWorkload';

interface Step {
  binding: Binding;
  requestId: string;
  signal: AbortSignal;
}

/** Makes, follows and undoes one change of one workload. */
export class WorkloadChange {
  readonly #parts: OperationParts;

  readonly #fields: FieldsOf;

  constructor(parts: OperationParts, fields: FieldsOf) {
    this.#parts = parts;
    this.#fields = fields;
  }

  /** Writes, once, what `isDone` finds done. */
  async make(
    { binding, requestId, signal }: Step,
    change: {
      patch: ObjectPatch;
      isDone: (live: JsonRecord) => boolean;
      message: string;
    },
  ): Promise<Written> {
    const live = await this.#write({
      binding,
      signal,
      mark: requestId,
      expected: binding.fieldsHash,
      patch: change.patch,
    });
    return change.isDone(live)
      ? { message: change.message, left: this.#left(live) }
      : {
          message: `${change.message}; somebody has changed it again since`,
          // Of nothing that is there: what somebody else left is not ours to undo.
          left: { uid: uidOf(live), fieldsHash: 'changed' } as JsonObject,
        };
  }

  /** What the workload's own controller says of it. */
  async verify(
    { binding, signal }: Step,
    { left }: Written,
  ): Promise<Verification> {
    const place = placeOf(binding);
    const live = await this.#parts.plan.kubernetes(
      binding.source,
      signal,
      client => client.find(workloadPath(place)),
    );
    if (!live || uidOf(live) !== binding.uid) {
      return {
        state: 'failed',
        message: `${place.kind} ${place.name} was deleted after the change`,
      };
    }
    if (hashCanonical(this.#fields(live)) !== left.fieldsHash) {
      return {
        state: 'failed',
        message: `${place.kind} ${place.name} is no longer as this request left it: somebody changed it`,
      };
    }
    return rolloutState(place.kind, live);
  }

  /** Puts back what was there, if it still is as it was left. */
  async undo(
    { binding, requestId, signal }: Step,
    { left }: Written,
    change: { patch: ObjectPatch; message: string },
  ): Promise<{ message: string }> {
    await this.#write({
      binding,
      signal,
      mark: `${requestId}/rollback`,
      after: requestId,
      expected: text(left.fieldsHash, 64) ?? '',
      patch: change.patch,
    });
    return { message: change.message };
  }

  #left(live: JsonRecord): JsonObject {
    const fields = this.#fields(live);
    return { uid: uidOf(live), fieldsHash: hashCanonical(fields), fields };
  }

  #write(
    write: Pick<
      Parameters<typeof writeWorkload>[0],
      'binding' | 'signal' | 'mark' | 'after' | 'expected' | 'patch'
    >,
  ): Promise<JsonRecord> {
    return writeWorkload({
      ...write,
      clients: this.#parts.write,
      fields: this.#fields,
      pause: this.#parts.pause,
    });
  }
}
