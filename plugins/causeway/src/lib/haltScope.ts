import { shortName } from './shortName';
import { visibleText } from './visibleText';

/** Scope of the halt of everything. */
export const everything = 'all';

/** An agent's key as people read it: its name, and what acts for it. */
export function shortScope(scope: string): string {
  const [ref, ...actor] = scope.split(' via ');
  return visibleText([shortName(ref), ...actor].join(' via '));
}
