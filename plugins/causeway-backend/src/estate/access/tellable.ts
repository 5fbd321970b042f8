import type { EstateReader } from '../entities/EstateReader';
import type { CallerView } from './CallerView';

/**
 * Of these references, those that a history may name: what the caller can read
 * now, and what is gone where the caller may read everything.
 */
export async function tellable(
  refs: readonly string[],
  view: CallerView,
  reader: Pick<EstateReader, 'living'>,
): Promise<Set<string>> {
  const readable = await view.readable(refs);
  const others = refs.filter(ref => !readable.has(ref));
  if (others.length > 0 && (await view.readsAll())) {
    const living = await reader.living(others);
    others.filter(ref => !living.has(ref)).forEach(ref => readable.add(ref));
  }
  return readable;
}
