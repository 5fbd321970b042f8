import { ServiceSeed } from '../model';

/** Services of team security. */
export const securityServices: ServiceSeed[] = [
  {
    name: 'token-broker',
    about: 'Issues and checks tokens for people and services',
    team: 'security',
    namespace: 'security',
    repository: 'token-broker',
    image: 'ghcr.io/meridian/token-broker',
    versions: {
      development: '3.3.0',
      staging: '3.2.1',
      'production-eu': '3.2.0',
      'production-us': '3.2.0',
    },
    manualSync: true,
    exposedAs: 'login',
    workloads: [
      {
        kind: 'Deployment',
        name: 'token-broker',
        role: 'api',
        port: 8443,
        disruptionBudget: true,
        calls: [
          {
            to: 'core-banking/customer-profile',
            variable: 'PROFILE_URL',
            form: 'url',
          },
          {
            to: 'security/audit-log',
            variable: 'AUDIT_SINK',
            form: 'local-host-port',
          },
        ],
      },
    ],
  },
  {
    name: 'audit-log',
    about: 'Keeps who did what, and cannot be rewritten',
    team: 'security',
    namespace: 'security',
    repository: 'audit-log',
    image: 'ghcr.io/meridian/audit-log',
    versions: {
      development: '1.0.9',
      staging: '1.0.8',
      'production-eu': '1.0.8',
      'production-us': '1.0.8',
    },
    workloads: [
      { kind: 'StatefulSet', name: 'audit-log', role: 'store', port: 7400 },
    ],
  },
];
