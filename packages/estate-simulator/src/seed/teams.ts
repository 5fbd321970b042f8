import { TeamSeed } from './model';

/** The teams of Meridian, parents first. */
export const teams: TeamSeed[] = [
  {
    slug: 'engineering',
    name: 'Engineering',
    description: 'Everybody who builds and runs Meridian',
  },
  {
    slug: 'banking',
    name: 'Banking',
    description: 'Accounts, money movement and the books',
    parent: 'engineering',
  },
  {
    slug: 'commerce',
    name: 'Commerce',
    description: 'The shop, from browsing to the parcel at the door',
    parent: 'engineering',
  },
  {
    slug: 'payments',
    name: 'Payments',
    description: 'Card and account payments, fraud, payouts',
    parent: 'banking',
  },
  {
    slug: 'core-banking',
    name: 'Core banking',
    description: 'Ledger, accounts, interest and open banking',
    parent: 'banking',
  },
  {
    slug: 'storefront',
    name: 'Storefront',
    description: 'Web shop, cart, checkout and partners',
    parent: 'commerce',
  },
  {
    slug: 'fulfilment',
    name: 'Fulfilment',
    description: 'Orders, stock, carriers and returns',
    parent: 'commerce',
  },
  {
    slug: 'platform',
    name: 'Platform',
    description: 'Clusters, delivery, edge and shared services',
    parent: 'engineering',
  },
  {
    slug: 'security',
    name: 'Security',
    description: 'Identity, audit and approval of risky changes',
    parent: 'engineering',
  },
];
