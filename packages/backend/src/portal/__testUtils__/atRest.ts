import { eventually } from './eventually';
import type { Portal } from './startPortal';

/** Every entity as text, once nothing has moved for a while. */
export async function atRest(portal: Portal): Promise<Map<string, string>> {
  let last = '';
  let quiet = 0;
  return eventually(async () => {
    const now = [...(await portal.entities())].map(
      ([ref, entity]) => [ref, JSON.stringify(entity)] as const,
    );
    const text = JSON.stringify(now.sort());
    quiet = text === last ? quiet + 1 : 0;
    last = text;
    if (quiet < 15) {
      throw new Error('The catalog is still changing');
    }
    return new Map(now);
  });
}
