import type {
  PlannedChange,
  PlannedQuantity,
} from '@causeway/backstage-plugin-causeway-common';
import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { setterOf } from '../../../estate/facts/derive/replicas';
import { parseQuantity } from '../../../estate/sources/kubernetes/reduce/quantity';
import { type JsonRecord, record, text } from '../../../estate/sources/read';
import type { ObjectPatch } from '../clients/KubernetesClients';
import {
  type FieldPath,
  readPath,
  showPath,
  writersOf,
} from '../shared/FieldPath';
import { containersOf, requestOf } from './workloads';

/** A request that a container shall have; no quantity takes it away. */
export interface ContainerRequests {
  what: 'cpu' | 'memory';
  quantity?: string;
}

/** Most that anybody asks for in one pod: 256 cores, 8 TiB. */
const most = { cpu: 256, memory: 8 * 2 ** 40 };

const quantity = (what: 'cpu' | 'memory', shown: string) =>
  z
    .string()
    .max(32)
    .regex(/^\d{1,15}(\.\d{1,9})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, {
      message: `must be a Kubernetes quantity such as ${shown}`,
    })
    .refine(
      value => {
        const amount = parseQuantity(value);
        return amount !== undefined && amount > 0 && amount <= most[what];
      },
      { message: `must be more than 0 and at most ${most[what]}` },
    );

export const resourceRequestsInput = z
  .strictObject({
    container: z
      .string()
      .min(1)
      .max(63)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
      .optional()
      .describe('Name of the container; may be left out where there is one'),
    cpu: quantity('cpu', '250m or 2')
      .optional()
      .describe('CPU request as a Kubernetes quantity: 250m, 2'),
    memory: quantity('memory', '512Mi')
      .optional()
      .describe('Memory request as a Kubernetes quantity: 512Mi, 2Gi'),
  })
  .refine(({ cpu, memory }) => cpu !== undefined || memory !== undefined, {
    message: 'cpu or memory must be given',
  });

export function requestPath(
  container: string,
  what: 'cpu' | 'memory',
): FieldPath {
  return [
    'spec',
    'template',
    'spec',
    'containers',
    { name: container },
    'resources',
    'requests',
    what,
  ];
}

/** A strategic patch: entries of `containers` go by their names. */
export function patchRequests(
  container: string,
  wanted: readonly ContainerRequests[],
): ObjectPatch {
  const requests = Object.fromEntries(
    wanted.map(({ what, quantity: amount }) => [what, amount ?? null]),
  );
  return {
    type: 'strategic',
    body: {
      spec: {
        template: {
          spec: { containers: [{ name: container, resources: { requests } }] },
        },
      },
    },
  };
}

/** Whether a container requests what is wanted; `500m` and `0.5` are the same. */
export function hasRequests(
  live: JsonRecord,
  container: string,
  wanted: readonly ContainerRequests[],
): boolean {
  return wanted.every(
    ({ what, quantity: amount }) =>
      parseQuantity(readPath(live, requestPath(container, what))) ===
      parseQuantity(amount),
  );
}

/** What would change, in which container. */
export function planRequests(
  live: JsonRecord,
  input: z.infer<typeof resourceRequestsInput>,
  shown: string,
): {
  container: string;
  wanted: ContainerRequests[];
  changes: PlannedChange[];
  quantities: PlannedQuantity[];
} {
  const object = findContainer(live, input.container, shown);
  const container = text(object.name, 63) ?? '';
  const wanted = (['cpu', 'memory'] as const).flatMap(what => {
    const amount = input[what];
    return amount !== undefined &&
      !hasRequests(live, container, [{ what, quantity: amount }])
      ? [{ what, quantity: amount }]
      : [];
  });
  if (wanted.length === 0) {
    throw new OperationRefusal({
      code: 'nothing-to-do',
      reason: `Container ${container} of ${shown} requests that already`,
      hint: 'Ask for another amount, or for nothing',
    });
  }
  wanted.forEach(one => requireBelowLimit(object, container, one));
  return {
    container,
    wanted,
    changes: wanted.map(one => toChange(live, container, one)),
    quantities: wanted.map(one => toQuantity(live, object, container, one)),
  };
}

function findContainer(
  live: JsonRecord,
  name: string | undefined,
  shown: string,
): JsonRecord {
  const containers = containersOf(live);
  const found =
    name === undefined && containers.length === 1
      ? containers[0]
      : containers.find(container => container.name === name);
  if (!found) {
    const names = containers.map(container => text(container.name, 63));
    throw new OperationRefusal({
      code: 'no-such-container',
      reason: `${shown} has ${name === undefined ? `${names.length} containers` : `no container ${name}`}`,
      hint: `Name one of ${names.join(', ')}`,
    });
  }
  return found;
}

/** The API server refuses it as well, in other words. */
function requireBelowLimit(
  object: JsonRecord,
  container: string,
  { what, quantity: amount }: ContainerRequests,
): void {
  const written = record(record(object.resources)?.limits)?.[what];
  const limit = parseQuantity(written);
  if (limit !== undefined && (parseQuantity(amount) ?? 0) > limit) {
    throw new OperationRefusal({
      code: 'above-limit',
      reason: `Container ${container} has a ${what} limit of ${written}, and no container may request more than its limit`,
      hint: `Ask for ${written} at most, or raise the limit in Git first`,
    });
  }
}

function toChange(
  live: JsonRecord,
  container: string,
  { what, quantity: after }: ContainerRequests,
): PlannedChange {
  const path = requestPath(container, what);
  const before = text(readPath(live, path), 64);
  return {
    path: showPath(path),
    label: `${what === 'cpu' ? 'CPU' : 'Memory'} request of ${container}`,
    ...(before !== undefined && { before }),
    after,
  };
}

function toQuantity(
  live: JsonRecord,
  object: JsonRecord,
  container: string,
  { what, quantity: amount }: ContainerRequests,
): PlannedQuantity {
  const current = requestOf(object, what);
  const setters = writersOf(live, requestPath(container, what)).map(setterOf);
  // The last value of Git or of a person is the one that bounds are held against (THREATS H10).
  const meant = setters.some(setter => setter === 'git' || setter === 'person');
  return {
    name: `${what}Request`,
    current: current ?? 0,
    proposed: parseQuantity(amount) ?? 0,
    ...(meant && current !== undefined && { baseline: current }),
    unit: what === 'cpu' ? 'cores' : 'bytes',
  };
}
