import { ServiceSeed } from '../model';

/** Services of team payments. */
export const paymentsServices: ServiceSeed[] = [
  {
    name: 'payment-api',
    about: 'Takes card and account payments for the bank and the shop',
    team: 'payments',
    namespace: 'payments',
    repository: 'payment-api',
    image: 'ghcr.io/meridian/payment-api',
    versions: {
      development: '2.15.0-rc.2',
      staging: '2.15.0-rc.1',
      'production-eu': '2.14.3',
      'production-us': '2.14.3',
    },
    exposedAs: 'pay',
    // People and the gate set how many pods there are: no autoscaler does.
    replicasLeftToCluster: true,
    workloads: [
      {
        kind: 'Deployment',
        name: 'payment-api',
        role: 'api',
        port: 8080,
        disruptionBudget: true,
        annotations: {
          'causeway.dev/description':
            'Zahlungen, paiements, оплата, お支払い — für alle Märkte ✓',
        },
        calls: [
          { to: 'core-banking/ledger', variable: 'LEDGER_URL', form: 'url' },
          {
            to: 'payments/fraud-detection',
            variable: 'FRAUD_URL',
            form: 'local-url',
          },
          {
            to: 'core-banking/customer-profile',
            variable: 'PROFILE_ADDRESS',
            form: 'host-port',
          },
          {
            to: 'security/token-broker',
            argument: '--token-issuer',
            form: 'short-url',
          },
        ],
        stores: [
          {
            to: 'payments/payments-db',
            variable: 'DATABASE_URL',
            form: 'connection',
          },
          {
            to: 'payments/payments-queue',
            variable: 'QUEUE_URL',
            form: 'connection',
          },
        ],
        settings: {
          LOG_LEVEL: 'info',
          CARD_NETWORK_URL: 'https://api.cardnetwork.example/v3',
          ALLOWED_ORIGINS: 'https://shop.meridian.example',
        },
      },
      {
        kind: 'Deployment',
        name: 'payment-worker',
        imageSuffix: '/worker',
        role: 'worker',
        calls: [
          {
            // Its own service's API: an address, not a dependency.
            to: 'payments/payment-api',
            variable: 'PAYMENT_API_URL',
            form: 'local-url',
          },
          {
            to: 'platform/notification-hub',
            variable: 'NOTIFICATION_HUB',
            form: 'svc',
          },
        ],
        stores: [
          {
            to: 'payments/payments-queue',
            variable: 'QUEUE_URL',
            form: 'connection',
          },
          {
            to: 'payments/payments-db',
            variable: 'DATABASE_URL',
            form: 'connection',
          },
        ],
      },
      {
        kind: 'CronJob',
        name: 'settlement-export',
        imageSuffix: '/settlement',
        role: 'settlement',
        schedule: '15 2 * * *',
        secrets: ['statements-db-connection'],
        stores: [
          {
            to: 'payments/payments-db',
            argument: '--database',
            form: 'local-host-port',
          },
        ],
      },
    ],
  },
  {
    name: 'card-processor',
    about: 'The old card payments; payment-api takes its place',
    team: 'payments',
    namespace: 'payments',
    repository: 'card-processor',
    image: 'ghcr.io/meridian/card-processor',
    versions: { staging: '1.9.12', 'production-eu': '1.9.12' },
    lifecycle: 'deprecated',
    successor: 'payment-api',
    manualSync: true,
    workloads: [
      {
        kind: 'Deployment',
        name: 'card-processor',
        role: 'api',
        port: 8080,
        secrets: ['card-processor-keys'],
        calls: [
          {
            to: 'core-banking/ledger',
            variable: 'LEDGER',
            form: 'host-port',
          },
        ],
        stores: [
          {
            to: 'payments/payments-db',
            variable: 'JDBC_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
  {
    name: 'fraud-detection',
    about: 'Scores payments for fraud while the customer waits',
    team: 'payments',
    namespace: 'payments',
    repository: 'fraud-detection',
    image: 'ghcr.io/meridian/fraud-detection',
    versions: {
      development: '5.2.0',
      staging: '5.1.1',
      'production-eu': '5.1.0',
      'production-us': '5.1.0',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'fraud-detection',
        role: 'api',
        port: 9000,
        autoscaled: { min: 2, max: 8 },
        calls: [
          {
            to: 'core-banking/customer-profile',
            variable: 'PROFILE_URL',
            form: 'short-url',
          },
        ],
        stores: [
          {
            to: 'payments/fraud-cache',
            variable: 'CACHE_URL',
            form: 'connection',
          },
        ],
        settings: { MODEL_VERSION: '2025-10', THRESHOLD: '0.87' },
      },
    ],
  },
  {
    name: 'payout-scheduler',
    about: 'Pays merchants what they are owed, every weekday',
    team: 'payments',
    namespace: 'payments',
    repository: 'payout-scheduler',
    image: 'ghcr.io/meridian/payout-scheduler',
    versions: {
      staging: '0.8.0',
      'production-eu': '0.7.4',
      'production-us': '0.7.4',
    },
    workloads: [
      {
        kind: 'CronJob',
        name: 'payout-scheduler',
        role: 'job',
        schedule: '0 6 * * 1-5',
        calls: [
          {
            to: 'payments/payment-api',
            variable: 'PAYMENTS',
            form: 'local-host-port',
          },
          { to: 'core-banking/ledger', argument: '--ledger', form: 'url' },
        ],
      },
    ],
  },
];
