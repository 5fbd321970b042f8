import type { Health } from '@causeway/backstage-plugin-causeway-common';

/** Health as it is shown. */
export type ShownHealth = Health | 'scheduled';

/**
 * Of what runs on a schedule nobody knows how it is between its runs: where
 * nothing speaks against it, it is called scheduled, not healthy.
 */
export function shownHealth(
  health: Health,
  scheduled: boolean | undefined,
): ShownHealth {
  return scheduled && health === 'healthy' ? 'scheduled' : health;
}
