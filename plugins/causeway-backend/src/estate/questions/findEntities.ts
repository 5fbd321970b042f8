import type {
  FoundEntities,
  Health,
} from '@causeway/backstage-plugin-causeway-common';
import { InputError } from '@backstage/errors';
import { normalizeText } from '../search/normalizeText';
import { isDeprecated } from '../search/SearchDocument';
import type { SearchCandidate, SearchQuery } from '../search/SearchReader';
import { compact, shareFields, toTime } from './compact';
import { startAfter, toCursor } from './cursor';
import { describeDoubt } from './describeDoubt';
import { matchesNothing } from './matchesNothing';
import {
  describeStates,
  isFiltering,
  type StateFilter,
} from '../access/describeStates';
import { nearestNames } from './nearestNames';
import type { Question } from './Question';
import {
  readChoices,
  inAnyCase,
  readFlag,
  readList,
  readNumber,
  readText,
  readWords,
  type QuestionInput,
} from './readInput';
import { resolveOwners } from './resolveOwners';
import { readSuccessors, toRow } from './toRow';

/** Counting stops here, and says so. */
export const mostCounted = 5000;

const checkedAtOnce = 1000;

const healths = [
  'healthy',
  'progressing',
  'degraded',
  'suspended',
  'missing',
  'unknown',
] as const satisfies Health[];

/** Words for several at once. */
const unhealthy: Health[] = ['degraded', 'missing'];

const syncs = ['synced', 'out-of-sync', 'unknown'] as const;

function readConditions(input: QuestionInput): string[] | undefined {
  return readList(input, 'condition')?.flatMap(condition => {
    const [type, status, ...rest] = condition
      .split('=')
      .map(part => normalizeText(part));
    if (!type || rest.length > 0) {
      throw new InputError(
        `condition must be a type and a status such as Ready=False, but is '${condition}'`,
      );
    }
    return status === undefined
      ? ['true', 'false', 'unknown'].map(one => `${type}=${one}`)
      : [`${type}=${status}`];
  });
}

function readStateFilter(input: QuestionInput): StateFilter {
  return {
    environments: inAnyCase(readList(input, 'environment')),
    healths: readChoices(input, 'health', [...healths, 'unhealthy'])?.flatMap(
      health => (health === 'unhealthy' ? unhealthy : [health]),
    ),
    syncs: readChoices(input, 'sync', syncs),
    conditions: readConditions(input),
  };
}

const normalized = (list: string[] | undefined) =>
  list?.map(value => normalizeText(value));

async function readQuery(
  input: QuestionInput,
  filter: StateFilter,
  question: Question,
): Promise<SearchQuery> {
  const owners = readList(input, 'owner');
  const text = readWords(input, 'text');
  const name = readWords(input, 'name');
  const title = readWords(input, 'title');
  return {
    words: text?.split(' ').filter(Boolean),
    name,
    title,
    kinds: normalized(readList(input, 'kind')),
    types: inAnyCase(readList(input, 'type')),
    lifecycles: inAnyCase(readList(input, 'lifecycle')),
    owners:
      owners &&
      (await resolveOwners(owners, readFlag(input, 'nested'), question)),
    values: compact({
      environment: filter.environments,
      health: filter.healths,
      sync: filter.syncs,
      condition: filter.conditions,
      tag: normalized(readList(input, 'tag')),
    }),
  };
}

/** References of candidates that the caller may read and that match, in order, as far as they are counted. */
async function keepMatching(
  candidates: readonly SearchCandidate[],
  filter: StateFilter,
  question: Question,
): Promise<{ refs: string[]; atLeast: boolean }> {
  const refs: string[] = [];
  for (let start = 0; start < candidates.length; start += checkedAtOnce) {
    const batch = candidates.slice(start, start + checkedAtOnce);
    const readable = await question.view.readable(batch.map(({ ref }) => ref));
    // What is made of parts may match only by parts that the caller cannot see.
    const doubtful = isFiltering(filter)
      ? batch.filter(({ ref, composed }) => composed && readable.has(ref))
      : [];
    const states = await describeStates(
      doubtful.map(({ ref }) => ref),
      filter,
      question,
    );
    const stopped = new Set(
      doubtful.map(({ ref }) => ref).filter(ref => !states.has(ref)),
    );
    for (const { ref } of batch) {
      if (readable.has(ref) && !stopped.has(ref)) {
        if (refs.length === mostCounted) {
          return { refs, atLeast: true };
        }
        refs.push(ref);
      }
    }
  }
  return { refs, atLeast: false };
}

async function hintFor(
  input: QuestionInput,
  query: SearchQuery,
  question: Question,
): Promise<string> {
  const empty = await matchesNothing(query, question);
  const [owner] = readList(input, 'owner') ?? [];
  const name = readText(input, 'name') ?? readText(input, 'text');
  const near = [
    ...(owner && empty.includes('owner')
      ? await nearestNames(owner.replace(/^.*[:/]/, ''), question, 'group')
      : []),
    ...(name ? await nearestNames(name, question) : []),
  ];
  return [
    empty.length > 0
      ? `Nothing has this ${empty.join(', nor this ')}`
      : 'Nothing matches all of it; ask with fewer conditions',
    ...(near.length > 0 ? [`Near: ${near.join(', ')}`] : []),
  ].join('. ');
}

/**
 * Entities by text and attributes, ingested and hand-written. Candidates come
 * from the index and are looked up with the caller's credentials before they
 * are counted or paged.
 */
export async function findEntities(
  input: QuestionInput,
  question: Question,
): Promise<FoundEntities> {
  const limit = readNumber(input, 'limit', {
    least: 1,
    most: 100,
    otherwise: 20,
  });
  const filter = readStateFilter(input);
  const query = await readQuery(input, filter, question);
  const candidates = await question.search.candidates(query);
  const { refs, atLeast } = await keepMatching(candidates, filter, question);
  const start = startAfter(refs, readText(input, 'cursor'));
  const page = refs.slice(start, start + limit);
  const [documents, states, { checkedAt }] = await Promise.all([
    question.search.documents(page),
    describeStates(page, filter, question),
    question.searchState(),
  ]);
  const listed = page.flatMap(ref => documents.get(ref) ?? []);
  const successors = await readSuccessors(
    listed.filter(({ lifecycle }) => isDeprecated(lifecycle)),
    question,
  );
  const { shared, rows } = shareFields(
    listed.map(document =>
      toRow(document, states.get(document.ref), successors.get(document.ref)),
    ),
    ['type', 'owner', 'environment', 'lifecycle', 'health', 'sync', 'stale'],
  );
  const hints = [
    refs.length === 0 ? await hintFor(input, query, question) : '',
    // What is not known to be unhealthy may be.
    refs.length === 0 || isFiltering(filter)
      ? await describeDoubt(question)
      : '',
  ].filter(Boolean);
  return compactAnswer({
    count: refs.length,
    atLeast: atLeast || undefined,
    shared,
    entities: rows,
    more:
      start + limit < refs.length
        ? toCursor(start + limit, page[page.length - 1])
        : undefined,
    asOf: toTime(checkedAt),
    hint: hints.length > 0 ? hints.join('. ') : undefined,
  });
}

/** Without what says nothing, but for the list: an empty one is an answer. */
function compactAnswer(
  answer: Omit<FoundEntities, 'atLeast'> & { atLeast?: boolean },
): FoundEntities {
  const { entities, ...rest } = answer;
  return { ...compact(rest), entities } as FoundEntities;
}
