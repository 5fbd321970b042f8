import type { SearchQuery } from '../search/SearchReader';
import type { Question } from './Question';

const checkedAtOnce = 100;

/** What people call the parts of a query that have values of their own. */
function partsOf({
  kinds,
  types,
  owners,
  lifecycles,
  values = {},
}: SearchQuery): [string, SearchQuery][] {
  const parts: [string, SearchQuery][] = [
    ['kind', { kinds }],
    ['type', { types }],
    ['owner', { owners }],
    ['lifecycle', { lifecycles }],
    ...(['environment', 'tag', 'condition'] as const).map(
      (field): [string, SearchQuery] => [
        field,
        { values: { [field]: values[field] } },
      ],
    ),
  ];
  return parts.filter(
    ([field, { values: own, ...rest }]) =>
      own?.[field as 'tag'] ?? Object.values(rest).some(Boolean),
  );
}

/** The parts of a query that match nothing that the caller may read, each on its own: misspelled ones, mostly. */
export async function matchesNothing(
  query: SearchQuery,
  { search, view }: Question,
): Promise<string[]> {
  const empty: string[] = [];
  for (const [field, alone] of partsOf(query)) {
    const candidates = await search.candidates(alone);
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
