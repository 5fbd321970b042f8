import type { CelType } from './types';

const fields = (
  title: string,
  of: Record<string, CelType>,
): Extract<CelType, { fields: unknown }> => ({ title, fields: of });

const texts: CelType = { list: 'string' };

const attributes: Record<string, CelType> = {
  owner: 'string',
  environment: 'string',
  tenant: 'string',
};

/** What expressions of a policy may look at: `AssessmentInput`, with types. */
export const variables: Readonly<Record<string, CelType>> = {
  request: fields('request', {
    operation: 'string',
    version: 'string',
    class: 'string',
    capability: 'string',
    input: { map: 'dyn' },
    requester: fields('request.requester', {
      ref: 'string',
      kind: 'string',
      agent: 'bool',
      groups: texts,
      spread: 'double',
    }),
    entrance: 'string',
  }),
  change: fields('change', {
    cost: 'double',
    currency: 'string',
    disruptive: 'bool',
    reversible: 'bool',
    dryRun: 'bool',
    quantities: {
      map: fields('a quantity', {
        current: 'double',
        proposed: 'double',
        baseline: 'double',
        factor: 'double',
      }),
    },
    paths: texts,
  }),
  target: fields('target', {
    ...attributes,
    entityRef: 'string',
    kind: 'string',
    type: 'string',
    name: 'string',
    source: 'string',
    managed: 'bool',
  }),
  live: fields('live', attributes),
  claimed: fields('claimed', attributes),
  estate: fields('estate', {
    fresh: 'bool',
    contested: 'bool',
    health: 'string',
    sync: 'string',
    blastRadius: fields('estate.blastRadius', {
      total: 'double',
      environments: texts,
      owners: texts,
      complete: 'bool',
    }),
    recentFailures: 'double',
    facts: { map: 'dyn' },
  }),
  agent: fields('agent', {
    id: 'string',
    registered: 'bool',
    confidence: 'double',
    record: fields('agent.record', {
      right: 'double',
      of: 'double',
      lowerBound: 'double',
    }),
    missing: texts,
  }),
  budget: { map: fields('a budget', { spent: 'double' }) },
  time: fields('time', { now: 'timestamp' }),
};
