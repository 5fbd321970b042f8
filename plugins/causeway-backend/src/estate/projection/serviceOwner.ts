import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import { compareText, sortFew } from './compare';
import { ownershipRules } from './ownership/decideOwner';
import type { NamedService, World } from './World';

const rank = new Map(ownershipRules.map(({ id }, position) => [id, position]));

function strongestFirst(a: SourcedValue, b: SourcedValue): number {
  return a === b
    ? 0
    : Number(b.origin === 'platform' && b.rule !== 'default') -
        Number(a.origin === 'platform' && a.rule !== 'default') ||
        (rank.get(a.rule) ?? rank.size) - (rank.get(b.rule) ?? rank.size) ||
        compareText(a.value, b.value) ||
        compareText(a.evidence ?? '', b.evidence ?? '');
}

/**
 * The owner of a service: what the strongest rule says of any of its
 * instances. Instances with different platform owners are never one service.
 */
export function serviceOwner(
  service: NamedService,
  world: Pick<World, 'owner'>,
): SourcedValue | undefined {
  const owners: SourcedValue[] = [];
  for (const { workload } of service.members) {
    const owner = world.owner(workload);
    if (owner) {
      owners.push(owner);
    }
  }
  return sortFew(owners, strongestFirst)[0];
}
