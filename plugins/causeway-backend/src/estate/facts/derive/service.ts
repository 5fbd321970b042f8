import type { EntityContext } from '../../projection/model';
import { defineFacts, type ValuesOf } from '../defineFacts';

const service = { subjects: ['service'] } as const;

export const serviceFacts = defineFacts({
  'owner.present': {
    ...service,
    type: 'boolean',
    description: 'Whether a rule finds an owner; the configured default counts',
  },
  successor: {
    ...service,
    type: 'string',
    reference: true,
    absence: 'none',
    description: 'Reference of the service that replaces it',
  },
  'instances.count': {
    ...service,
    ofParts: true,
    type: 'number',
    unit: 'instances',
    description: 'Workloads that are part of it, over all clusters',
  },
  'instances.production': {
    ...service,
    ofParts: true,
    type: 'number',
    unit: 'instances',
    description:
      'Workloads that are part of it in an environment that is `production`, `prod` or begins with one of these and a dash',
  },
  runsInProduction: {
    ...service,
    ofParts: true,
    type: 'boolean',
    description: 'Whether any of them is',
  },
});

export const workloadKindFacts = defineFacts({
  'workload.kind': {
    type: 'string',
    subjects: ['kubernetes-workload', 'datastore'],
    description: 'Kind of the workload: `Deployment`, `CronJob`, ...',
  },
});

const production = /^prod(uction)?(-|$)/;

/** Roll-ups over the environments of a service's workloads, as far as they are in one. */
export function deriveService(
  { successorRef }: EntityContext,
  environments: readonly (string | undefined)[],
  facts: ValuesOf<typeof serviceFacts>,
): void {
  let inProduction = 0;
  for (const environment of environments) {
    if (environment !== undefined && production.test(environment)) {
      inProduction += 1;
    }
  }
  facts.successor = successorRef;
  facts['instances.count'] = environments.length;
  facts['instances.production'] = inProduction;
  facts.runsInProduction = inProduction > 0;
}
