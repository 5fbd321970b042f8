import { normalizeText } from '../search/normalizeText';
import type { Question } from './Question';

const shown = 3;
const checkedAtOnce = 50;

/** Edits that turn one word into another, at most `most` + 1. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(
        Math.min(
          before[column] + 1,
          current[column - 1] + 1,
          before[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      );
    }
    if (Math.min(...current) > most) {
      return most + 1;
    }
    before = current;
  }
  return before[b.length];
}

/** How far a name is from the wanted one; `undefined` for too far. */
function distance(wanted: string, name: string): number | undefined {
  if (wanted.length >= 3 && (name.includes(wanted) || wanted.includes(name))) {
    return 0.5;
  }
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const edits = editDistance(wanted, name, most);
  return edits <= most ? edits : undefined;
}

/**
 * The names that come nearest to one that is not there. All names are compared
 * before the caller's permissions are asked, and only what can be read is
 * given: what cannot be takes no one's place.
 */
export async function nearestNames(
  name: string,
  { search, view }: Question,
  kind?: string,
): Promise<string[]> {
  const wanted = normalizeText(name, 100);
  const near = (await search.names(kind))
    .flatMap(one => {
      const far = one.name ? distance(wanted, one.name) : undefined;
      return far === undefined ? [] : [{ ref: one.ref, far }];
    })
    .sort((a, b) => a.far - b.far || (a.ref < b.ref ? -1 : 1));
  const found: string[] = [];
  for (
    let start = 0;
    start < near.length && found.length < shown;
    start += checkedAtOnce
  ) {
    const batch = near
      .slice(start, start + checkedAtOnce)
      .map(({ ref }) => ref);
    const readable = await view.readable(batch);
    found.push(...batch.filter(ref => readable.has(ref)));
  }
  return found.slice(0, shown);
}
