import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { listRefs } from './listRefs';

/** What stands under the fallback owner because no rule says whose it is, by reference; told once for all of it. */
export function* unownedEntities(
  unowned: string[],
  fallbackOwner: string,
): Iterable<EstateProblem> {
  if (unowned.length > 0) {
    yield {
      id: 'unowned',
      kind: 'unowned',
      title:
        unowned.length === 1
          ? 'One entity has no owner'
          : `${unowned.length} entities have no owner`,
      detail: `No rule says whose they are, so they stand under ${fallbackOwner}: ${listRefs(unowned)}. Add a rule or a default to causeway.estate.ownership.`,
    };
  }
}
