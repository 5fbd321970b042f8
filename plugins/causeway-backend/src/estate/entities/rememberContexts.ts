import type { EntityContext } from '../projection/model';
import type { EstateReader } from './EstateReader';

/** Reads each context once: for the length of one question. */
export function rememberContexts(
  reader: Pick<EstateReader, 'contexts'>,
): Pick<EstateReader, 'contexts'> {
  const known = new Map<string, EntityContext | undefined>();
  return {
    async contexts(refs) {
      const unknown = refs.filter(ref => !known.has(ref));
      const read = await reader.contexts(unknown);
      unknown.forEach(ref => known.set(ref, read.get(ref)));
      const found = new Map<string, EntityContext>();
      for (const ref of refs) {
        const context = known.get(ref);
        if (context) {
          found.set(ref, context);
        }
      }
      return found;
    },
  };
}
