import { ServiceSeed } from '../model';

/** Services of team core-banking. */
export const coreBankingServices: ServiceSeed[] = [
  {
    name: 'ledger',
    about: 'The books: every movement of money, once',
    team: 'core-banking',
    namespace: 'core-banking',
    repository: 'ledger',
    image: 'ghcr.io/meridian/ledger',
    versions: {
      development: '7.4.0',
      staging: '7.3.2',
      'production-eu': '7.3.1',
      'production-us': '7.3.1',
    },
    manualSync: true,
    workloads: [
      {
        kind: 'Deployment',
        name: 'ledger',
        role: 'api',
        port: 8080,
        secrets: ['limits-db-connection'],
        disruptionBudget: true,
        replicas: { 'production-eu': 5, 'production-us': 5 },
        stores: [
          {
            to: 'core-banking/ledger-db',
            variable: 'DATABASE_URL',
            form: 'connection',
          },
        ],
        settings: { SERVICE_NAME: 'Ledger', JAVA_OPTS: '-Xmx1g' },
      },
    ],
  },
  {
    name: 'accounts',
    about: 'Opens, closes and shows bank accounts',
    team: 'core-banking',
    namespace: 'core-banking',
    repository: 'accounts',
    image: 'ghcr.io/meridian/accounts',
    versions: {
      development: '3.11.0',
      staging: '3.10.5',
      'production-eu': '3.10.4',
      'production-us': '3.10.4',
    },
    exposedAs: 'accounts',
    workloads: [
      {
        kind: 'Deployment',
        name: 'accounts',
        role: 'api',
        port: 8080,
        disruptionBudget: true,
        calls: [
          {
            to: 'core-banking/ledger',
            variable: 'LEDGER_URL',
            form: 'local-url',
          },
          {
            to: 'core-banking/customer-profile',
            argument: '--profiles',
            form: 'local-host-port',
          },
        ],
        stores: [
          {
            to: 'core-banking/ledger-db',
            variable: 'READ_REPLICA_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
  {
    name: 'gateway',
    about: 'Open banking: other banks reach accounts and payments through it',
    team: 'core-banking',
    namespace: 'core-banking',
    repository: 'open-banking-gateway',
    image: 'ghcr.io/meridian/open-banking-gateway',
    versions: {
      development: '2.2.0',
      staging: '2.2.0',
      'production-eu': '2.1.8',
      'production-us': '2.1.8',
    },
    exposedAs: 'openbanking',
    workloads: [
      {
        kind: 'Deployment',
        name: 'gateway',
        role: 'api',
        port: 8443,
        calls: [
          {
            to: 'core-banking/accounts',
            variable: 'ACCOUNTS_URL',
            form: 'local-url',
          },
          {
            to: 'payments/payment-api',
            variable: 'PAYMENTS_URL',
            form: 'url',
          },
          {
            to: 'security/token-broker',
            variable: 'ISSUER_URL',
            form: 'short-url',
          },
        ],
      },
    ],
  },
  {
    name: 'interest-calculator',
    about: 'Computes interest each night',
    team: 'core-banking',
    namespace: 'core-banking',
    repository: 'interest-calculator',
    image: 'ghcr.io/meridian/interest-calculator',
    versions: { staging: '1.4.1', 'production-eu': '1.4.0' },
    workloads: [
      {
        kind: 'CronJob',
        name: 'interest-calculator',
        role: 'job',
        schedule: '30 0 * * *',
        calls: [
          {
            to: 'core-banking/ledger',
            variable: 'LEDGER_URL',
            form: 'local-url',
          },
          {
            to: 'core-banking/accounts',
            variable: 'ACCOUNTS_URL',
            form: 'local-url',
          },
        ],
      },
    ],
  },
  {
    name: 'customer-profile',
    about: 'Who our customers are and what they agreed to',
    team: 'core-banking',
    namespace: 'core-banking',
    repository: 'customer-profile',
    image: 'ghcr.io/meridian/customer-profile',
    versions: {
      development: '4.0.0-beta.3',
      staging: '3.22.0',
      'production-eu': '3.21.7',
      'production-us': '3.21.7',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'customer-profile',
        role: 'api',
        port: 8080,
        stores: [
          {
            to: 'core-banking/profile-db',
            variable: 'MONGO_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
];
