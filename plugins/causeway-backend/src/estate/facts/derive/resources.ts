import type {
  ObservedContainer,
  ObservedQuantities,
  ObservedWorkload,
} from '../../observations/model';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

const whether = { type: 'boolean', subjects: workloadTypes } as const;
const amount = {
  type: 'number',
  subjects: workloadTypes,
  absence: 'none',
} as const;

export const resourceFacts = defineFacts({
  'requests.cpu.set': {
    ...whether,
    description:
      'Whether every container requests CPU; a limit counts as a request, as in Kubernetes',
  },
  'requests.memory.set': {
    ...whether,
    description:
      'Whether every container requests memory; a limit counts as a request, as in Kubernetes',
  },
  'limits.cpu.set': {
    ...whether,
    description: 'Whether every container has a CPU limit',
  },
  'limits.memory.set': {
    ...whether,
    description: 'Whether every container has a memory limit',
  },
  'requests.cpu': {
    ...amount,
    unit: 'cores',
    description: 'CPU that one pod requests, where every container does',
  },
  'requests.memory': {
    ...amount,
    unit: 'bytes',
    description: 'Memory that one pod requests, where every container does',
  },
  'limits.cpu': {
    ...amount,
    unit: 'cores',
    description: 'CPU that one pod may use, where every container has a limit',
  },
  'limits.memory': {
    ...amount,
    unit: 'bytes',
    description:
      'Memory that one pod may use, where every container has a limit',
  },
});

/** A sum over containers; a container without one would make it a lie. */
function sum(
  containers: readonly ObservedContainer[],
  amountOf: (container: ObservedContainer) => number | undefined,
): number | undefined {
  if (containers.length === 1) {
    return amountOf(containers[0]);
  }
  let total = 0;
  for (const container of containers) {
    const own = amountOf(container);
    if (own === undefined) {
      return undefined;
    }
    total += own;
  }
  return Number(total.toPrecision(15));
}

const request =
  (resource: keyof ObservedQuantities) =>
  ({ requests, limits }: ObservedContainer) =>
    requests?.[resource] ?? limits?.[resource];
const requestedCpu = request('cpu');
const requestedMemory = request('memory');

/** Of one pod: the sum over its main containers. */
export function deriveResources(
  { containers }: ObservedWorkload,
  facts: ValuesOf<typeof resourceFacts>,
): void {
  // A Rollout that takes its pod template from elsewhere has none of its own.
  if (
    containers.length === 0 ||
    !containers.every(({ requests, limits }) => requests && limits)
  ) {
    return;
  }
  const requestCpu = sum(containers, requestedCpu);
  const requestMemory = sum(containers, requestedMemory);
  const limitCpu = sum(containers, ({ limits }) => limits?.cpu);
  const limitMemory = sum(containers, ({ limits }) => limits?.memory);
  facts['requests.cpu.set'] = requestCpu !== undefined;
  facts['requests.memory.set'] = requestMemory !== undefined;
  facts['limits.cpu.set'] = limitCpu !== undefined;
  facts['limits.memory.set'] = limitMemory !== undefined;
  facts['requests.cpu'] = requestCpu;
  facts['requests.memory'] = requestMemory;
  facts['limits.cpu'] = limitCpu;
  facts['limits.memory'] = limitMemory;
}
