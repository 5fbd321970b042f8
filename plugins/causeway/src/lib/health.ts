import type { Health } from '@causeway/backstage-plugin-causeway-common';

const fromWorst: Health[] = [
  'missing',
  'degraded',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
];

/** The worst of several; `unknown` for none. */
export function worstHealth(healths: Health[]): Health {
  return fromWorst.find(health => healths.includes(health)) ?? 'unknown';
}
