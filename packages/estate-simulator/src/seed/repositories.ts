import { RepositorySeed } from './model';

type Details = Partial<Omit<RepositorySeed, 'name' | 'description' | 'team'>>;

function repository(
  name: string,
  team: string,
  language: string | undefined,
  description: string,
  details: Details = {},
): RepositorySeed {
  return {
    name,
    description,
    team,
    language,
    topics: ['service', team],
    visibility: 'private',
    codeowners: 'CODEOWNERS',
    workflow: 'SUCCESS',
    ...details,
  };
}

/** The repositories of the GitHub organization. */
export const repositories: RepositorySeed[] = [
  repository(
    'payment-api',
    'payments',
    'Go',
    'Takes card and account payments',
    {
      topics: ['service', 'payments', 'pci'],
      release: 'v2.14.3',
      catalogInfo: true,
      agentsFile: true,
      protection: 'both',
      techdocs: true,
    },
  ),
  repository('card-processor', 'payments', 'Java', 'The old card payments', {
    topics: ['service', 'payments', 'deprecated'],
    release: 'v1.9.12',
    archived: true,
    workflow: undefined,
  }),
  repository('fraud-detection', 'payments', 'Python', 'Fraud scores', {
    release: 'v5.2.0',
    codeowners: '.github/CODEOWNERS',
  }),
  repository('payout-scheduler', 'payments', 'Go', 'Pays merchants', {
    release: 'v0.8.0',
    workflow: 'FAILURE',
  }),
  repository('ledger', 'core-banking', 'Java', 'The books', {
    topics: ['service', 'core-banking', 'critical'],
    release: 'v7.4.0',
    catalogInfo: true,
    protection: 'both',
    techdocs: true,
  }),
  repository('accounts', 'core-banking', 'Kotlin', 'Bank accounts', {
    release: 'v3.11.0',
    agentsFile: true,
  }),
  repository(
    'open-banking-gateway',
    'core-banking',
    'Go',
    'Open banking for other banks',
    {
      release: 'v2.2.0',
      codeowners: '.github/CODEOWNERS',
      protection: 'ruleset',
    },
  ),
  repository('interest-calculator', 'core-banking', 'Java', 'Interest', {
    release: 'v1.4.1',
    defaultBranch: 'master',
  }),
  repository('customer-profile', 'core-banking', 'TypeScript', 'Customers', {
    release: 'v3.22.0',
    workflow: 'PENDING',
  }),
  repository('storefront-web', 'storefront', 'TypeScript', 'The web shop', {
    release: '2025.47.1',
    catalogInfo: true,
    agentsFile: true,
    techdocs: true,
  }),
  repository('shop-services', 'storefront', 'Go', 'Cart and catalogue', {
    topics: ['monorepo', 'storefront'],
    release: 'catalogue-1.44.0',
    codeowners: '.github/CODEOWNERS',
  }),
  repository('checkout', 'storefront', 'TypeScript', 'Checkout', {
    release: 'v6.8.0',
  }),
  repository('recommendations', 'storefront', 'Python', 'Recommendations', {
    topics: ['service', 'machine-learning'],
    codeowners: 'docs/CODEOWNERS',
  }),
  repository('partner-api', 'storefront', 'TypeScript', 'API for partners', {
    release: 'v1.2.0',
    visibility: 'internal',
  }),
  repository('order-service', 'fulfilment', 'Kotlin', 'Orders', {
    release: 'v9.1.0',
    agentsFile: true,
  }),
  // Nobody has written down who owns it.
  repository('inventory', 'fulfilment', 'Kotlin', 'Stock', {
    codeowners: false,
    release: 'v2.6.0',
  }),
  repository('shipping', 'fulfilment', 'Ruby', 'Carriers and tracking', {
    release: 'v1.17.0',
  }),
  repository('carrier-gateway', 'fulfilment', 'Go', 'One door to carriers'),
  repository('label-printer', 'fulfilment', 'Rust', 'Parcel labels', {
    protection: 'none',
  }),
  repository('warehouse-exporter', 'fulfilment', 'Python', 'Reconciliation', {
    workflow: 'FAILURE',
    protection: 'none',
  }),
  repository('returns', 'fulfilment', 'TypeScript', 'Parcels that come back', {
    protection: 'none',
  }),
  repository('notification-hub', 'platform', 'Elixir', 'Mail, text and push', {
    release: 'v2.4.0',
  }),
  repository('feature-flags', 'platform', 'Go', 'Feature flags', {
    release: 'v1.8.0',
    visibility: 'public',
  }),
  repository('token-broker', 'security', 'Rust', 'Tokens', {
    topics: ['service', 'security', 'critical'],
    release: 'v3.3.0',
    codeowners: '.github/CODEOWNERS',
    protection: 'ruleset',
  }),
  repository('audit-log', 'security', 'Rust', 'Who did what', {
    release: 'v1.0.9',
  }),
  repository(
    'deployments',
    'platform',
    undefined,
    'Desired state of clusters',
    {
      topics: ['gitops', 'argocd'],
      protection: 'ruleset',
    },
  ),
  repository('terraform-modules', 'platform', 'HCL', 'Clusters and networks', {
    topics: ['infrastructure', 'terraform'],
  }),
  repository('golden-paths', 'platform', undefined, 'Software templates', {
    topics: ['backstage', 'templates'],
    visibility: 'internal',
  }),
  repository('design-system', 'storefront', 'TypeScript', 'Meridian’s look', {
    topics: ['library', 'design'],
    visibility: 'public',
    release: 'v4.1.0',
  }),
  repository('engineering-handbook', 'engineering', undefined, 'How we work', {
    topics: ['documentation'],
    visibility: 'internal',
    workflow: undefined,
    techdocs: true,
  }),
];
