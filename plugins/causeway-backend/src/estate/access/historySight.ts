import type { Sight } from '../changes/readVisibleChanges';
import type { EstateReader } from '../entities/EstateReader';
import type { CallerView } from './CallerView';
import { findHiddenFacts } from './hiddenFacts';

/**
 * What a history may tell a caller: of what the caller can read now, and of
 * what is gone where the caller may read everything.
 */
export function historySight(view: CallerView, reader: EstateReader): Sight {
  return {
    async visible(refs) {
      const readable = await view.readable(refs);
      const others = refs.filter(ref => !readable.has(ref));
      if (others.length > 0 && (await view.readsAll())) {
        const living = await reader.living(others);
        others
          .filter(ref => !living.has(ref))
          .forEach(ref => readable.add(ref));
      }
      return readable;
    },
    hiddenFacts: refs => findHiddenFacts(refs, view, reader),
  };
}
