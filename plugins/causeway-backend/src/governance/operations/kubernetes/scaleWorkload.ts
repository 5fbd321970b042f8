import type { PlannedQuantity } from '@causeway/backstage-plugin-causeway-common';
import {
  createOperation,
  type Operation,
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import {
  integer,
  type JsonRecord,
  records,
} from '../../../estate/sources/read';
import type { ObjectPatch } from '../clients/KubernetesClients';
import type { FieldPath } from '../shared/FieldPath';
import type { OperationParts } from '../shared/OperationParts';
import { priceChange } from '../shared/price';
import { requireNoAutoscaler } from './autoscaler';
import { bindWorkload, placeOf, readBound } from './bindWorkload';
import { budgetWarnings } from './disruptionBudgets';
import { requireOutsideGit } from './gitManagement';
import { observedRequests } from './observedRequests';
import { scaleWorkloadExamples } from './scaleWorkload.examples';
import { tryOut } from './tryOut';
import { WorkloadChange } from './WorkloadChange';
import { replicasOf, resourcesOf, workloadPath } from './workloads';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

const kinds = ['Deployment', 'StatefulSet', 'Rollout'] as const;

const replicasPath: FieldPath = ['spec', 'replicas'];

/** The number, and what makes a pod cost what it does. */
const fields = (live: JsonRecord) => ({
  replicas: replicasOf(live),
  containers: resourcesOf(live),
});

const patchTo = (replicas: number): ObjectPatch => ({
  type: 'merge',
  body: { spec: { replicas } },
});

const podCount = (count: number) => countOf(count, 'pod');

/** Sets how many pods a workload has. */
export function createScaleWorkload(parts: OperationParts): Operation {
  const change = new WorkloadChange(parts, fields);
  return createOperation({
    name: 'scale-workload',
    version: '1',
    title: 'Scale a workload',
    description:
      'Sets how many pods a Deployment, StatefulSet or Rollout has. Refused where an autoscaler or Git sets the number.',
    class: 'application',
    capability: 'workload-scaling',
    targetTypes: ['kubernetes-workload'],
    effects: ['Starts or ends pods of one workload'],
    idempotent: true,
    input: z.strictObject({
      replicas: z
        .number()
        .int()
        .min(0)
        .max(1000)
        .describe('How many pods there shall be'),
    }),
    examples: scaleWorkloadExamples,

    bind: ({ target, signal }) =>
      bindWorkload({ clients: parts.plan, kinds, target, fields, signal }),

    plan: ({ input, binding, target, signal }) =>
      parts.plan.kubernetes(binding.source, signal, async client => {
        const place = placeOf(binding);
        const live = await readBound({ client, binding, fields });
        const current = replicasOf(live);
        if (current === input.replicas) {
          throw new OperationRefusal({
            code: 'nothing-to-do',
            reason: `${place.kind} ${place.name} already asks for ${podCount(current)}`,
            hint: 'Ask for another number, or for nothing',
          });
        }
        await requireNoAutoscaler({ client, target });
        const managed = await requireOutsideGit({
          clients: parts.plan,
          target,
          live,
          paths: [replicasPath],
          values: [input.replicas],
          signal,
        });
        const budgets = await budgetWarnings({
          client,
          namespace: place.namespace,
          live,
          replicas: input.replicas,
        });
        const { dryRun, object } = await tryOut(
          client,
          workloadPath(place),
          patchTo(input.replicas),
        );
        const after = object ? replicasOf(object) : input.replicas;
        const path = 'spec.replicas';
        return {
          summary: `Scale ${place.kind} ${place.namespace}/${place.name} from ${current} to ${podCount(after)}`,
          changes: [
            { path, label: 'Replicas', before: current, after, unit: 'pods' },
          ],
          quantities: [replicaQuantity(target, current, after)],
          warnings: [
            ...(after === input.replicas
              ? []
              : [
                  `The cluster's admission makes ${after} of the ${input.replicas} that are asked for`,
                ]),
            ...scaleWarnings(live, after),
            ...managed,
            ...budgets,
          ],
          rollback: {
            summary: `Scale back to ${podCount(current)}`,
            changes: [
              {
                path,
                label: 'Replicas',
                before: after,
                after: current,
                unit: 'pods',
              },
            ],
          },
          disruptive: after < current,
          dryRun,
        };
      }),

    estimate: async ({ plan, target }) => {
      const [{ current, proposed }] = plan.quantities;
      const request = observedRequests(target);
      return priceChange({
        before: { pods: current, ...request },
        after: { pods: proposed, ...request },
        prices: parts.prices,
        whose: `${target.kind} ${target.name}`,
      });
    },

    execute: step =>
      change.make(step, {
        patch: patchTo(step.input.replicas),
        isDone: live => replicasOf(live) === step.plan.changes[0].after,
        message: `Set spec.replicas to ${step.input.replicas}`,
      }),

    verify: step => change.verify(step, step.written),

    rollback: step => {
      const before = integer(step.plan.changes[0].before) ?? 1;
      return change.undo(step, step.written, {
        patch: patchTo(before),
        message: `Set spec.replicas back to ${before}`,
      });
    },
  });
}

function replicaQuantity(
  { facts }: OperationTarget,
  current: number,
  proposed: number,
): PlannedQuantity {
  const baseline = facts['replicas.baseline'];
  return {
    name: 'replicas',
    current,
    proposed,
    ...(typeof baseline === 'number' && { baseline }),
    unit: 'pods',
  };
}

/** Nothing serves at 0, whatever it saves (THREATS H10). */
function scaleWarnings(live: JsonRecord, after: number): string[] {
  const owners = records(
    (live.metadata as JsonRecord | undefined)?.ownerReferences,
    16,
  ).filter(({ controller }) => controller === true);
  return [
    ...(after === 0
      ? ['Scaling to 0 is a risk: nothing is left that serves']
      : []),
    ...owners.map(
      ({ kind, name }) =>
        `${kind} ${name} controls this workload and may set the number again`,
    ),
  ];
}
