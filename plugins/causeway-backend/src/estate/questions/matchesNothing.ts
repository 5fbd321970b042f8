import type { SearchQuery } from '../search/SearchReader';
import type { Question } from './Question';

const checkedAtOnce = 100;

/** Fields that an entity may match by its parts: these match by themselves, where the caller may read them. */
const ofParts = new Set(['environment', 'condition']);

/** The parts of a query that have values of their own, by the name of their input. */
function* partsOf(query: SearchQuery): Iterable<[string, SearchQuery]> {
  const { kinds, types, owners, lifecycles, values = {} } = query;
  if (kinds) yield ['kind', { kinds }];
  if (types) yield ['type', { types }];
  if (owners) yield ['owner', { owners }];
  if (lifecycles) yield ['lifecycle', { lifecycles }];
  for (const field of ['environment', 'condition', 'tag'] as const) {
    const own = values[field];
    if (own) yield [field, { values: { [field]: own } }];
  }
}

/** The parts of a query that match nothing that the caller may read, each on its own: misspelled ones, mostly. */
export async function matchesNothing(
  query: SearchQuery,
  { search, view }: Question,
): Promise<string[]> {
  const empty: string[] = [];
  for (const [field, alone] of partsOf(query)) {
    const candidates = (await search.candidates(alone)).filter(
      ({ composed }) => !(composed && ofParts.has(field)),
    );
    let found = false;
    for (
      let start = 0;
      start < candidates.length && !found;
      start += checkedAtOnce
    ) {
      const batch = candidates.slice(start, start + checkedAtOnce);
      found = (await view.readable(batch.map(({ ref }) => ref))).size > 0;
    }
    if (!found) {
      empty.push(field);
    }
  }
  return empty;
}
