import type { Principal } from './Principal';

/** The plugin that runs templates. */
export const scaffolder = 'plugin:scaffolder';

/**
 * Whether somebody reads the progress of what templates asked for, and nothing
 * else: the scaffolder, when it waits for a request after the token of the
 * person who started the template has run out. Backstage's permissions let
 * every service read everything.
 */
export function readsProgressOnly({ kind, ref }: Principal): boolean {
  return kind === 'other' && ref === scaffolder;
}
