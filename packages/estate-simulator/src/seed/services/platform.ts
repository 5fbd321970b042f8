import { ServiceSeed } from '../model';

/** Services of team platform. */
export const platformServices: ServiceSeed[] = [
  {
    name: 'envoy-gateway',
    about: 'The production edge, by Gateway API',
    team: 'platform',
    namespace: 'edge',
    image: 'docker.io/envoyproxy/gateway',
    versions: { 'production-eu': 'v1.5.4', 'production-us': 'v1.5.4' },
    gateways: ['public'],
    workloads: [
      {
        kind: 'Deployment',
        name: 'envoy-gateway',
        role: 'controller',
        disruptionBudget: true,
      },
    ],
  },
  {
    name: 'ingress-nginx',
    about: 'The edge of development and staging',
    team: 'platform',
    namespace: 'edge',
    image: 'registry.k8s.io/ingress-nginx/controller',
    versions: { development: 'v1.13.3', staging: 'v1.13.3' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'ingress-nginx',
        role: 'controller',
        port: 8080,
      },
    ],
  },
  {
    name: 'node-exporter',
    about: 'Measurements of every node',
    team: 'platform',
    // Has always been in Argo CD's own project.
    project: 'default',
    namespace: 'platform',
    image: 'quay.io/prometheus/node-exporter',
    versions: {
      development: 'v1.9.1',
      staging: 'v1.9.1',
      'production-eu': 'v1.9.1',
      'production-us': 'v1.9.1',
    },
    workloads: [{ kind: 'DaemonSet', name: 'node-exporter', role: 'agent' }],
  },
  {
    name: 'notification-hub',
    about: 'Mail, text messages and push for every team',
    team: 'platform',
    namespace: 'platform',
    repository: 'notification-hub',
    image: 'ghcr.io/meridian/notification-hub',
    versions: {
      development: '2.4.0',
      staging: '2.3.1',
      'production-eu': '2.3.0',
      'production-us': '2.3.0',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'notification-hub',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'core-banking/customer-profile',
            variable: 'PROFILES_URL',
            form: 'url',
          },
        ],
        settings: { SMTP_HOST: 'smtp.mailer.example:587' },
      },
    ],
  },
  {
    name: 'feature-flags',
    about: 'Turns features on for some, then for all',
    team: 'platform',
    namespace: 'platform',
    repository: 'feature-flags',
    image: 'ghcr.io/meridian/feature-flags',
    versions: {
      development: '1.8.0',
      staging: '1.8.0',
      'production-eu': '1.7.6',
      'production-us': '1.7.6',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'feature-flags',
        role: 'api',
        port: 8013,
        disruptionBudget: true,
      },
    ],
  },
];
