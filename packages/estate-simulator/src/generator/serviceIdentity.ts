/** What others have to know of a service to call it: depends on its number alone. */
export interface ServiceIdentity {
  number: number;
  name: string;
  /** Slug of the team, and name of its namespace. */
  team: string;
  port: number;
}

const domains = [
  'ledger',
  'cards',
  'pricing',
  'catalogue',
  'parcels',
  'identity',
  'search',
  'loyalty',
  'invoices',
  'fraud',
  'accounts',
  'orders',
  'stock',
  'routing',
  'reports',
  'messaging',
  'pensions',
  'mortgages',
  'trading',
  'claims',
  'onboarding',
  'settlement',
  'treasury',
  'support',
  'returns',
];

const roles = [
  'api',
  'gateway',
  'worker',
  'importer',
  'exporter',
  'scheduler',
  'notifier',
  'archive',
  'rules',
  'frontend',
  'audit',
  'sync',
];

/** Services of one team. */
export const servicesPerTeam = roles.length;

/** Slug of a team by its number, from 0. */
export function teamSlug(team: number): string {
  const domain = domains[team % domains.length];
  const round = Math.floor(team / domains.length);
  return round === 0 ? domain : `${domain}-${round + 1}`;
}

/** The service with a number, from 0. */
export function serviceIdentity(number: number): ServiceIdentity {
  const team = teamSlug(Math.floor(number / servicesPerTeam));
  return {
    number,
    name: `${team}-${roles[number % servicesPerTeam]}`,
    team,
    port: 8080 + (number % 16),
  };
}
