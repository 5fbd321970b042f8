import { NotFoundError } from '@backstage/errors';
import type { CallerView } from './CallerView';

/**
 * Goes on only for an entity that the caller may read.
 *
 * @throws NotFoundError for what is missing and what is forbidden alike
 */
export async function requireReadable(
  entityRef: string,
  view: CallerView,
): Promise<void> {
  if (!(await view.readable([entityRef])).has(entityRef)) {
    throw new NotFoundError(
      `There is no entity ${entityRef} that you may read; check the reference`,
    );
  }
}
