import type { CrossplaneSeed } from './model';

/** Databases that are claimed, and archives that come without a claim. */
export const crossplane: CrossplaneSeed = {
  clusters: ['staging', 'production-eu', 'production-us'],
  group: 'platform.meridian.example',
  definitions: [
    {
      kind: 'XPostgreSQLInstance',
      plural: 'xpostgresqlinstances',
      claim: { kind: 'PostgreSQLInstance', plural: 'postgresqlinstances' },
      composes: [
        {
          group: 'rds.aws.upbound.io',
          kind: 'Instance',
          plural: 'instances',
          suffix: 'instance',
          endpoint: true,
        },
        {
          group: 'rds.aws.upbound.io',
          kind: 'SubnetGroup',
          plural: 'subnetgroups',
          suffix: 'subnets',
        },
      ],
    },
    {
      kind: 'DocumentArchive',
      plural: 'documentarchives',
      composes: [
        {
          group: 's3.aws.m.upbound.io',
          kind: 'Bucket',
          plural: 'buckets',
          suffix: 'bucket',
        },
      ],
    },
  ],
  instances: [
    {
      definition: 'XPostgreSQLInstance',
      name: 'statements-db',
      namespace: 'payments',
      clusters: ['staging', 'production-eu', 'production-us'],
      connectionSecret: 'statements-db-connection',
      failures: {
        'production-eu': {
          reason: 'ReconcileError',
          message:
            'cannot update RDS instance: StorageQuotaExceeded: the account may allocate no more than 100 TiB',
        },
      },
    },
    {
      definition: 'XPostgreSQLInstance',
      name: 'limits-db',
      namespace: 'core-banking',
      clusters: ['production-eu'],
      connectionSecret: 'limits-db-connection',
    },
    {
      definition: 'DocumentArchive',
      name: 'statements',
      namespace: 'payments',
      clusters: ['production-eu'],
      conditions: [
        {
          type: 'RetentionLocked',
          status: 'False',
          reason: 'RetentionNotConfigured',
        },
      ],
    },
  ],
};
