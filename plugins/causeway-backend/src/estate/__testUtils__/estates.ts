import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Observation } from '../observations/model';
import { readProjectionConfig } from '../projection/config';
import {
  application,
  argoProject,
  claim,
  cluster,
  namespace,
  observe,
  repository,
  service,
  team,
  workload,
} from './observations';

/** Location that the configuration below trusts. */
export const trustedLocation =
  'url:https://github.com/meridian/payment-api/blob/main/catalog-info.yaml';
/** Location that it does not. */
export const strangeLocation =
  'url:https://github.com/mallory/stuff/blob/main/catalog-info.yaml';

/** Configuration of a small estate: two clusters, one trusted Argo CD, one organization. */
export const smallEstateConfig: JsonObject = {
  causeway: {
    estate: {
      sources: {
        kubernetes: [
          { id: 'staging', environment: 'staging', url: 'https://staging' },
          {
            id: 'production-eu',
            environment: 'production',
            url: 'https://production-eu',
            dashboardUrl: 'https://look.example/{cluster}/{namespace}/{name}',
          },
        ],
        argocd: [
          {
            id: 'argocd',
            url: 'https://argocd.example/',
            token: 'unused',
            projectsAreTrusted: true,
            destinations: { 'in-cluster': 'staging' },
          },
        ],
        github: [{ organization: 'meridian' }],
      },
      claims: {
        trustedLocations: ['url:https://github.com/meridian/*'],
      },
    },
  },
};

export const config = readProjectionConfig(new ConfigReader(smallEstateConfig));

const app = (
  name: string,
  project: string,
  destination: string,
  ns: string,
  resources: [string, string][],
) =>
  application('argocd', `${name}-${destination}`, {
    project,
    destination,
    namespace: ns,
    path: `apps/${name}/${destination}`,
    resources,
  });

/** Payments and a shop on two clusters, with every kind that the estate reads. */
export function smallEstate(): Observation[] {
  const perCluster = ['staging', 'production-eu'].flatMap(name => [
    cluster(name),
    namespace(name, 'payments', { 'causeway.dev/owner': 'payments' }),
    namespace(name, 'shop'),
    workload(name, 'payments', 'payment-api', {
      image: 'ghcr.io/meridian/payment-api:2.14.3',
      references: ['payments-db', 'payments-db.payments.svc'],
    }),
    workload(name, 'payments', 'payments-db', {
      kind: 'StatefulSet',
      image: 'docker.io/library/postgres:16.4',
    }),
    service(name, 'payments', 'payment-api'),
    service(name, 'payments', 'payments-db'),
    workload(name, 'shop', 'checkout', {
      image: 'ghcr.io/meridian/shop/checkout:1.0.0',
      references: [
        'payment-api.payments.svc.cluster.local',
        'checkout',
        'mail.example.com',
      ],
    }),
    service(name, 'shop', 'checkout'),
    app('payment-api', 'payments', name, 'payments', [
      ['Deployment', 'payment-api'],
      ['StatefulSet', 'payments-db'],
    ]),
    app('checkout', 'storefront', name, 'shop', [['Deployment', 'checkout']]),
  ]);
  return [
    ...perCluster,
    observe(
      'HorizontalPodAutoscaler',
      'production-eu',
      'payments/payment-api',
      {
        meta: { uid: 'hpa', name: 'payment-api', namespace: 'payments' },
        target: { kind: 'Deployment', name: 'payment-api' },
        min: 2,
        max: 9,
      },
    ),
    observe('Gateway', 'production-eu', 'shop/public', {
      meta: { uid: 'gw', name: 'public', namespace: 'shop' },
      listeners: [{ name: 'https', protocol: 'HTTPS', port: 443 }],
    }),
    observe('Route', 'production-eu', 'shop/checkout', {
      meta: { uid: 'route', name: 'checkout', namespace: 'shop' },
      routeKind: 'HTTPRoute',
      hostnames: ['shop.example'],
      parents: [{ name: 'public' }],
      backends: [
        { service: 'checkout', port: 80 },
        { service: 'payment-api', namespace: 'payments', port: 80 },
        { service: 'not-there', port: 80 },
      ],
      accepted: true,
    }),
    observe('Ingress', 'staging', 'shop/checkout', {
      meta: { uid: 'ing', name: 'checkout', namespace: 'shop' },
      hosts: ['shop.staging.example'],
      paths: ['/'],
      backends: [{ service: 'checkout', port: 80 }],
      tls: false,
    }),
    argoProject('argocd', 'payments'),
    argoProject('argocd', 'storefront'),
    repository('payment-api', {
      description: 'Takes payments',
      topics: ['PCI', 'no spaces'],
      codeowners: [{ pattern: '*', owners: ['@meridian/payments'] }],
    }),
    repository('shop', {
      codeowners: [{ pattern: '*', owners: ['@meridian/storefront'] }],
    }),
    repository('deployments'),
    team('engineering'),
    team('payments', ['ada'], 'engineering'),
    team('storefront', ['mia', 'ada'], 'engineering'),
  ];
}

/** A trusted hand-written Component that claims payment-api. */
export const trustedClaim = claim(
  'component:default/payments',
  trustedLocation,
  {
    owner: 'group:default/payments',
    annotations: { githubSlug: 'meridian/payment-api' },
  },
);
