import type {
  GraphAnswer,
  GraphDirection,
  GraphGroup,
} from '@causeway/backstage-plugin-causeway-common';
import { InputError } from '@backstage/errors';
import { rememberContexts } from '../entities/rememberContexts';
import { toForwardType } from '../graph/relationDirections';
import { walk, type WalkedNode } from '../graph/walk';
import { normalizeText } from '../search/normalizeText';
import { isDeprecated, toSearchDocument } from '../search/SearchDocument';
import { compact, shortOwner } from './compact';
import { startAfter, toCursor } from './cursor';
import {
  describeOwnStates,
  describeStates,
  type EntityState,
  type StateSources,
} from '../access/describeStates';
import { mostCounted } from './findEntities';
import type { Question } from './Question';
import {
  inAnyCase,
  readChoices,
  readList,
  readNumber,
  readText,
  type QuestionInput,
} from './readInput';
import { resolveEntity } from './resolveEntity';
import { readSuccessors } from './toRow';
import { sortTexts } from './untrusted';

/** Of so many Components of a page the state is told. */
const mostComponents = 100;

export const directions = ['forward', 'backward', 'both'] as const;

/** Fields of an entity that a walk shows; relations come on top where it goes on. */
const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
];

/** A direction and relation types, as both walks take them. */
export function readWay(input: QuestionInput): {
  direction: GraphDirection;
  relations?: ReadonlySet<string>;
} {
  const [direction = 'both', ...others] =
    readChoices(input, 'direction', directions) ?? [];
  if (others.length > 0) {
    throw new InputError(`direction is one of ${directions.join(', ')}`);
  }
  const relations = readList(input, 'relations');
  return {
    direction,
    relations: relations && new Set(relations.map(toForwardType)),
  };
}

/** Fields to read where a walk ends, and where it goes on. */
export function fieldsOf(leaves: boolean): string[] {
  return leaves ? fields : [...fields, 'relations'];
}

interface Reached extends Omit<GraphGroup, 'refs'> {
  ref: string;
  kind: string;
}

function toReached(node: WalkedNode, state?: EntityState): Reached {
  const { type, lifecycle, owner } = toSearchDocument(node.entity);
  const { words } = sortTexts({ type, lifecycle });
  return compact({
    ref: node.ref,
    depth: node.depth,
    via: node.via ?? '',
    kind: node.entity.kind.toLowerCase(),
    type: words.type,
    owner: shortOwner(owner),
    environment: state?.environment,
    lifecycle: words.lifecycle,
    health: state?.health,
    stale: state?.stale,
  });
}

function tally(values: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Object.fromEntries(
    [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  );
}

/** Puts together what has everything but its reference in common, in the order in which it comes. */
function group(reached: readonly Reached[]): GraphGroup[] {
  const groups = new Map<string, GraphGroup>();
  for (const { ref, kind: _, ...common } of reached) {
    const key = JSON.stringify(common);
    const found = groups.get(key);
    if (found) {
      found.refs.push(ref);
    } else {
      groups.set(key, { ...common, refs: [ref] });
    }
  }
  return [...groups.values()];
}

/**
 * Adds the states of the first Components of a page. They follow from their
 * instances, each of which has to be looked up for the caller.
 */
async function withStatesOfComponents(
  page: readonly Reached[],
  estate: StateSources,
): Promise<Reached[]> {
  const components = page
    .filter(({ kind }) => kind === 'component')
    .slice(0, mostComponents);
  const states = await describeStates(
    components.map(({ ref }) => ref),
    {},
    estate,
  );
  return page.map(reached => {
    const state = states.get(reached.ref);
    return state
      ? compact({
          ...reached,
          environment: state.environment,
          health: state.health,
          stale: state.stale,
        })
      : reached;
  });
}

const isLast = ({ lifecycle }: Reached) => isDeprecated(lifecycle);

/** Adds what replaces the deprecated ones of a page. */
async function withSuccessors(
  page: readonly Reached[],
  question: Question,
): Promise<Reached[]> {
  const deprecated = page.filter(isLast).map(({ ref }) => ref);
  if (deprecated.length === 0) {
    return [...page];
  }
  const documents = await question.search.documents(deprecated);
  const successors = await readSuccessors([...documents.values()], question);
  return page.map(reached =>
    compact({ ...reached, successor: successors.get(reached.ref) }),
  );
}

/** Why a walk found nothing, where the relations were named. */
async function hintFor(
  input: QuestionInput,
  root: WalkedNode | undefined,
  { view }: Question,
): Promise<string | undefined> {
  const wanted = readList(input, 'relations');
  const relations = root?.entity.relations ?? [];
  if (!wanted || relations.length === 0) {
    return undefined;
  }
  const readable = await view.readable(
    relations.map(({ targetRef }) => targetRef),
  );
  const there = new Set(
    relations.flatMap(({ type, targetRef }) =>
      readable.has(targetRef) ? [type] : [],
    ),
  );
  return there.size > 0
    ? `No relation ${wanted.join(' or ')} leads on that way from here; there are ${[...there].sort().join(', ')}`
    : undefined;
}

/** What an entity reaches, or is reached from: counted as a whole, listed by page. */
export async function traverseGraph(
  input: QuestionInput,
  question: Question,
): Promise<GraphAnswer> {
  const depth = readNumber(input, 'depth', { least: 1, most: 5, otherwise: 2 });
  const limit = readNumber(input, 'limit', {
    least: 1,
    most: 500,
    otherwise: 50,
  });
  const kinds = readList(input, 'kind')?.map(kind => normalizeText(kind));
  const types = inAnyCase(readList(input, 'type'));
  const way = readWay(input);
  const root = await resolveEntity(input, 'entity', question, fieldsOf(false));
  const found = await walk(
    { ...way, rootRef: root, depth, limit: mostCounted + 1 },
    (refs, leaves) => question.view.entities(refs, fieldsOf(leaves)),
  );
  const nodes = (found?.nodes ?? []).slice(1);
  const estate = {
    ...question,
    // A page tells of what was counted before.
    reader: rememberContexts(question.reader),
  };
  const states = await describeOwnStates(
    nodes.map(({ ref }) => ref),
    estate,
  );
  const reached = nodes
    .map(node => toReached(node, states.get(node.ref)))
    .filter(
      ({ kind, type }) =>
        (!kinds || kinds.includes(kind)) &&
        (!types || types.includes(type ?? '')),
    )
    .sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  const start = startAfter(
    reached.map(({ ref }) => ref),
    readText(input, 'cursor'),
  );
  const page = await withSuccessors(
    await withStatesOfComponents(reached.slice(start, start + limit), estate),
    question,
  );
  const answer: GraphAnswer = {
    root,
    count: reached.length,
    atLeast: found?.truncated || undefined,
    by: {
      type: tally(
        reached.map(({ kind, type }) => (type ? `${kind}/${type}` : kind)),
      ),
      environment: tally(
        reached.flatMap(({ environment }) => environment ?? []),
      ),
      owner: tally(reached.flatMap(({ owner }) => owner ?? [])),
    },
    groups: group(page),
    more:
      start + limit < reached.length
        ? toCursor(start + limit, page[page.length - 1].ref)
        : undefined,
    hint:
      reached.length === 0
        ? await hintFor(input, found?.nodes[0], question)
        : undefined,
  };
  return { ...compact(answer), groups: answer.groups };
}
