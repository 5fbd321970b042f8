import type {
  Fact,
  FactDefinition,
  Freshness,
  UnknownFact,
} from '@causeway/backstage-plugin-causeway-common';
import type { FreshnessLookup } from '../status/estateStatus';
import { factCatalogue, isFactOf } from './catalogue';
import { knownValues, sinceOf, type StoredFacts } from './storedFacts';

/** What is known of an entity, and what could be and is not. */
export interface KnownFacts {
  facts: Fact[];
  unknown: UnknownFact[];
}

/**
 * Whether anybody can say: a partition that was never read whole says neither
 * yes nor no, while a kind that is not installed says that there is none of it.
 */
function speaks({ state, confirmedAt }: Freshness): boolean {
  return confirmedAt !== undefined || state === 'absent';
}

function makesSense(
  { notFor }: FactDefinition,
  kind: string | undefined,
): boolean {
  return kind === undefined || !notFor?.includes(kind);
}

/**
 * The facts of an entity with the freshness of what tells them, in the order
 * of the catalogue. What only a partition that was never read could tell is
 * not known, whatever the projection took for given.
 */
export function joinFreshness(
  stored: StoredFacts,
  freshness: FreshnessLookup,
): KnownFacts {
  const { type } = stored.projected;
  const known = knownValues(stored);
  const kind = known.get('workload.kind')?.value as string | undefined;
  const facts: Fact[] = [];
  const unknown: UnknownFact[] = [];
  for (const definition of factCatalogue) {
    const { name, absence } = definition;
    const own = known.get(name);
    const told = own && freshness.of(own.partition, own.source);
    if (own && told && speaks(told)) {
      facts.push({
        name,
        type: definition.type,
        ...(definition.unit && { unit: definition.unit }),
        value: own.value,
        origin: own.origin,
        source: own.source,
        since: sinceOf(stored, name),
        ...(own.carried && { carried: true }),
        freshness: told,
      });
    } else if (own || absence === 'unknown') {
      if (type && isFactOf(definition, type) && makesSense(definition, kind)) {
        unknown.push({ name, ...(told && { freshness: told }) });
      }
    }
  }
  return { facts, unknown };
}
