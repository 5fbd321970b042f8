import type {
  PlannedChange,
  PlannedQuantity,
} from '@causeway/backstage-plugin-causeway-common';
import {
  createOperation,
  type Operation,
} from '@causeway/backstage-plugin-causeway-node';
import type { JsonRecord } from '../../../estate/sources/read';
import type { OperationParts } from '../shared/OperationParts';
import { bindWorkload, placeOf, readBound } from './bindWorkload';
import { budgetWarnings } from './disruptionBudgets';
import { requireOutsideGit } from './gitManagement';
import { priceRequests } from './priceRequests';
import {
  type ContainerRequests,
  hasRequests,
  patchRequests,
  planRequests,
  requestPath,
  resourceRequestsInput,
} from './resourceRequests';
import { setResourceRequestsExamples } from './setResourceRequests.examples';
import { tryOut } from './tryOut';
import { WorkloadChange } from './WorkloadChange';
import { resourcesOf, workloadPath } from './workloads';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

const fields = (live: JsonRecord) => ({ containers: resourcesOf(live) });

/** Sets what a container requests of CPU and memory. */
export function createSetResourceRequests(parts: OperationParts): Operation {
  const change = new WorkloadChange(parts, fields);
  return createOperation({
    name: 'set-resource-requests',
    version: '1',
    title: 'Set resource requests',
    description:
      'Sets how much CPU and memory a container of a Deployment, StatefulSet or DaemonSet requests; its pods are replaced. Limits stay. Refused where Git sets the requests.',
    class: 'application',
    capability: 'workload-resources',
    targetTypes: ['kubernetes-workload'],
    effects: [
      'Changes what pods reserve on nodes',
      'Replaces all pods of one workload, some at a time',
    ],
    idempotent: true,
    input: resourceRequestsInput,
    examples: setResourceRequestsExamples,

    bind: ({ target, signal }) =>
      bindWorkload({ clients: parts.plan, kinds, target, fields, signal }),

    plan: ({ input, binding, target, signal }) =>
      parts.plan.kubernetes(binding.source, signal, async client => {
        const place = placeOf(binding);
        const live = await readBound({ client, binding, fields });
        const { container, wanted, changes, quantities } = planRequests(
          live,
          input,
          `${place.kind} ${place.name}`,
        );
        const managed = await requireOutsideGit({
          clients: parts.plan,
          target,
          live,
          paths: wanted.map(({ what }) => requestPath(container, what)),
          values: wanted.map(({ quantity }) => quantity),
          signal,
        });
        const budgets = await budgetWarnings({
          client,
          namespace: place.namespace,
          live,
        });
        const { dryRun } = await tryOut(
          client,
          workloadPath(place),
          patchRequests(container, wanted),
        );
        return {
          summary: `Set ${describe(wanted)} of container ${container} of ${place.kind} ${place.namespace}/${place.name}`,
          changes,
          quantities,
          warnings: [...managed, ...budgets],
          rollback: {
            summary: 'Put the former requests back; pods are replaced again',
            changes: changes.map(swap),
          },
          disruptive: true,
          dryRun,
          bound: { container },
        };
      }),

    estimate: async ({ plan, target }) =>
      priceRequests(target, plan.quantities, parts.prices),

    execute: step => {
      const wanted = wantedOf(step.plan.changes, step.plan.quantities);
      const { container } = step.plan.bound!;
      return change.make(step, {
        patch: patchRequests(container, wanted),
        isDone: live => hasRequests(live, container, wanted),
        message: `Set ${describe(wanted)} of container ${container}`,
      });
    },

    verify: step => change.verify(step, step.written),

    rollback: step => {
      const { container } = step.plan.bound!;
      const former = wantedOf(
        step.plan.changes.map(swap),
        step.plan.quantities,
      );
      return change.undo(step, step.written, {
        patch: patchRequests(container, former),
        message: `Put the former requests of container ${container} back`,
      });
    },
  });
}

const quantityNames: Record<string, ContainerRequests['what']> = {
  cpuRequest: 'cpu',
  memoryRequest: 'memory',
};

/** What the plan says, change by change. */
function wantedOf(
  changes: readonly PlannedChange[],
  quantities: readonly PlannedQuantity[],
): ContainerRequests[] {
  return changes.map(({ after }, index) => ({
    what: quantityNames[quantities[index].name],
    quantity: typeof after === 'string' ? after : undefined,
  }));
}

function swap({ before, after, ...rest }: PlannedChange): PlannedChange {
  return { ...rest, before: after, after: before };
}

function describe(wanted: readonly ContainerRequests[]): string {
  return wanted
    .map(
      ({ what, quantity }) =>
        `${what === 'cpu' ? 'CPU' : 'memory'} request to ${quantity ?? 'nothing'}`,
    )
    .join(' and ');
}
