import type { Health } from '@causeway/backstage-plugin-causeway-common';

const fromWorst: Health[] = [
  'missing',
  'degraded',
  'progressing',
  'suspended',
  'healthy',
  'unknown',
];

/** The worst that is known of several; `unknown` if nothing is. */
export function worstHealth(healths: Health[]): Health {
  return fromWorst.find(health => healths.includes(health)) ?? 'unknown';
}
