import {
  createOperation,
  type Operation,
  OperationRefusal,
} from '@causeway/backstage-plugin-causeway-node';
import type { JsonValue } from '@backstage/types';
import { z } from 'zod';
import { type JsonRecord, record, text } from '../../../estate/sources/read';
import type { ObjectPatch } from '../clients/KubernetesClients';
import { hashCanonical } from '../../hashCanonical';
import { type FieldPath, readPath, showPath } from '../shared/FieldPath';
import type { OperationParts } from '../shared/OperationParts';
import { noCost } from '../shared/price';
import { bindWorkload, placeOf, readBound } from './bindWorkload';
import { budgetWarnings } from './disruptionBudgets';
import { requireOutsideGit } from './gitManagement';
import { restartWorkloadExamples } from './restartWorkload.examples';
import { tryOut } from './tryOut';
import { WorkloadChange } from './WorkloadChange';
import { workloadPath } from './workloads';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** What `kubectl rollout restart` writes: a pod template that differs makes new pods. */
const restartedAt = 'kubectl.kubernetes.io/restartedAt';

const restartedPath: FieldPath = [
  'spec',
  'template',
  'metadata',
  'annotations',
  restartedAt,
];

/** The pod template by its hash, for it holds what nobody needs to keep. */
const fields = (live: JsonRecord) => ({
  template: hashCanonical(
    (readPath(live, ['spec', 'template']) ?? null) as JsonValue,
  ),
  paused: record(live.spec)?.paused === true,
  updateStrategy:
    text(readPath(live, ['spec', 'updateStrategy', 'type']), 63) ?? '',
});

const restartOf = (live: JsonRecord) => text(readPath(live, restartedPath), 64);

/** `null` takes the annotation away. */
const patchTo = (time: string | null): ObjectPatch => ({
  type: 'merge',
  body: {
    spec: { template: { metadata: { annotations: { [restartedAt]: time } } } },
  },
});

/** Shown where a time will stand: a plan that named one would be another plan each time. */
const whenItRuns = 'the time when it runs';

/** Replaces all pods of a workload, a few at a time. */
export function createRestartWorkload(parts: OperationParts): Operation {
  const change = new WorkloadChange(parts, fields);
  return createOperation({
    name: 'restart-workload',
    version: '1',
    title: 'Restart a workload',
    description:
      'Replaces all pods of a Deployment, StatefulSet or DaemonSet, at the pace of its update strategy, as kubectl rollout restart does.',
    class: 'application',
    capability: 'workload-restart',
    targetTypes: ['kubernetes-workload'],
    effects: ['Replaces all pods of one workload, some at a time'],
    idempotent: false,
    input: z.strictObject({}),
    examples: restartWorkloadExamples,

    bind: ({ target, signal }) =>
      bindWorkload({ clients: parts.plan, kinds, target, fields, signal }),

    plan: ({ binding, target, signal }) =>
      parts.plan.kubernetes(binding.source, signal, async client => {
        const place = placeOf(binding);
        const live = await readBound({ client, binding, fields });
        requireRestartable(live, `${place.kind} ${place.name}`);
        const managed = await requireOutsideGit({
          clients: parts.plan,
          target,
          live,
          paths: [restartedPath],
          signal,
        });
        const budgets = await budgetWarnings({
          client,
          namespace: place.namespace,
          live,
        });
        const before = restartOf(live);
        // Tried with any time: the server's answer does not depend on which.
        const { dryRun } = await tryOut(
          client,
          workloadPath(place),
          patchTo('2000-01-01T00:00:00Z'),
        );
        const path = showPath(restartedPath);
        const label = 'Restarted at';
        return {
          summary: `Restart ${place.kind} ${place.namespace}/${place.name}`,
          changes: [
            {
              path,
              label,
              ...(before !== undefined && { before }),
              after: whenItRuns,
            },
          ],
          quantities: [],
          warnings: [...managed, ...budgets],
          rollback: {
            summary:
              'Put the former pod template back: pods of it that still run go on',
            changes: [
              {
                path,
                label,
                before: whenItRuns,
                ...(before !== undefined && { after: before }),
              },
            ],
          },
          disruptive: true,
          dryRun,
        };
      }),

    estimate: async () => noCost(parts.prices),

    execute: step => {
      const { before } = step.plan.changes[0];
      const time = new Date(parts.now()).toISOString();
      return change.make(step, {
        patch: patchTo(time),
        isDone: live => restartOf(live) !== before,
        message: `Restarted at ${time}`,
      });
    },

    verify: step => change.verify(step, step.written),

    rollback: step =>
      change.undo(step, step.written, {
        patch: patchTo(text(step.plan.changes[0].before, 64) ?? null),
        message: 'Put the former pod template back',
      }),
  });
}

function requireRestartable(live: JsonRecord, shown: string): void {
  const { paused, updateStrategy } = fields(live);
  if (paused) {
    throw new OperationRefusal({
      code: 'paused',
      reason: `${shown} is paused: no pod would be replaced before it is resumed`,
      hint: 'Resume its rollout first, where it was paused',
    });
  }
  if (updateStrategy === 'OnDelete') {
    throw new OperationRefusal({
      code: 'replaced-by-hand',
      reason: `${shown} has the update strategy OnDelete: its pods are replaced only when somebody deletes them`,
      hint: 'Delete its pods one after another as its runbook says, or change the update strategy in Git',
    });
  }
}
