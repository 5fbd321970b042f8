import { ArgoInstanceSeed, ClusterSeed, NamespaceSeed } from './model';

/** The four clusters, on the way from development to production. */
export const clusters: ClusterSeed[] = [
  {
    name: 'development',
    environment: 'development',
    argocd: 'argocd-nonprod',
    domain: 'dev.meridian.example',
  },
  {
    name: 'staging',
    environment: 'staging',
    argocd: 'argocd-nonprod',
    domain: 'staging.meridian.example',
  },
  {
    name: 'production-eu',
    environment: 'production',
    argocd: 'argocd-prod',
    domain: 'meridian.example',
  },
  {
    name: 'production-us',
    environment: 'production',
    argocd: 'argocd-prod',
    domain: 'us.meridian.example',
  },
];

/** The two Argo CDs. */
export const argocd: ArgoInstanceSeed[] = [
  { name: 'argocd-nonprod', cluster: 'staging', namespace: 'argocd' },
  { name: 'argocd-prod', cluster: 'production-eu', namespace: 'argocd' },
];

const everywhere = clusters.map(cluster => cluster.name);

/** The namespaces that people made; those of Kubernetes itself come with a cluster. */
export const namespaces: NamespaceSeed[] = [
  { name: 'payments', clusters: everywhere, owner: 'payments' },
  { name: 'core-banking', clusters: everywhere, owner: 'core-banking' },
  { name: 'shop', clusters: everywhere, owner: 'storefront' },
  {
    name: 'partners',
    clusters: ['staging', 'production-eu'],
    owner: 'storefront',
  },
  { name: 'fulfilment', clusters: everywhere, owner: 'fulfilment' },
  { name: 'platform', clusters: everywhere, owner: 'platform' },
  { name: 'edge', clusters: everywhere, owner: 'platform' },
  { name: 'security', clusters: everywhere, owner: 'security' },
  {
    name: 'argocd',
    clusters: ['staging', 'production-eu'],
    owner: 'platform',
  },
  // Where Kargo keeps what it delivers.
  {
    name: 'payments-delivery',
    clusters: ['production-eu'],
    owner: 'payments',
  },
  {
    name: 'storefront-delivery',
    clusters: ['production-eu'],
    owner: 'storefront',
  },
  {
    name: 'kagent',
    clusters: ['staging', 'production-eu'],
    owner: 'platform',
  },
  // Somebody's experiments: nobody owns it.
  { name: 'scratch', clusters: ['development'] },
];
