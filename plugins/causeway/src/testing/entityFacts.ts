import type {
  EntityChanges,
  EntityFacts,
  Fact,
} from '@causeway/backstage-plugin-causeway-common';

const now = Date.UTC(2026, 6, 1, 12);
const entityRef = 'component:default/payment-api';
const instance =
  'resource:default/production-eu.payments.deployment.payment-api';

function fact(
  name: string,
  value: Fact['value'],
  more: Partial<Fact> = {},
): Fact {
  return {
    name,
    type: typeof value as 'boolean',
    value,
    origin: 'live',
    source: 'production-eu',
    since: now - 3 * 86_400_000,
    freshness: {
      source: 'production-eu',
      partition: 'production-eu/-/deployments.apps',
      state: 'fresh',
      confirmedAt: now - 14_000,
    },
    ...more,
  };
}

/** Facts of a service, of each type one and some that are not known. */
export function createEntityFacts(
  more: Partial<EntityFacts> = {},
): EntityFacts {
  return {
    entityRef,
    facts: [
      fact('owner', 'group:default/payments', { origin: 'platform' }),
      fact('runsInProduction', true),
      fact('limits.memory', 536_870_912, { unit: 'bytes' }),
      fact('replicas.baseline', 3, { unit: 'pods', carried: true }),
      fact('release.publishedAt', now - 86_400_000, { type: 'time' }),
      fact('goldenPath.template', 'template:default/api', {
        origin: 'claimed',
      }),
    ],
    unknown: [{ name: 'codeowners.present' }, { name: 'docs.present' }],
    now,
    ...more,
  };
}

/** What changed of a service and of one of its instances. */
export function createEntityChanges(
  more: Partial<EntityChanges> = {},
): EntityChanges {
  return {
    entityRef,
    changes: [
      {
        at: now - 60_000,
        entityRef: instance,
        what: 'changed',
        attribute: 'image.tag',
        before: '2.14.0',
        after: '2.14.1',
        origin: 'live',
        source: 'production-eu',
      },
      {
        at: now - 3_600_000,
        entityRef,
        what: 'related',
        attribute: 'dependsOn',
        otherRef: 'component:default/ledger',
      },
      { at: now - 7_200_000, entityRef, what: 'appeared' },
    ],
    now,
    ...more,
  };
}
