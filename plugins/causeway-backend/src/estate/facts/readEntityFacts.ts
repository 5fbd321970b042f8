import { NotFoundError } from '@backstage/errors';
import type {
  EntityFacts,
  Fact,
  FactHistory,
  PastValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { CallerView } from '../access/CallerView';
import { findHiddenFacts } from '../access/hiddenFacts';
import { requireReadable } from '../access/requireReadable';
import type { ChangeReader } from '../changes/ChangeReader';
import type { EstateReader } from '../entities/EstateReader';
import { lookUpFreshness, type ReadSources } from '../status/estateStatus';
import { factsByName, referenceFacts } from './catalogue';
import type { FactReader } from './FactReader';
import { joinFreshness, type KnownFacts } from './joinFreshness';

/** What it takes to tell the facts of an entity. */
export interface EntityFactsOptions {
  facts: FactReader;
  reader: Pick<EstateReader, 'contexts' | 'edgesFrom'>;
  changes: ChangeReader;
  sources: ReadSources;
  view: CallerView;
  now: () => number;
}

/** Most values of a history that are told. */
const shownValues = 200;

/** Facts that name an entity which the caller may not read. */
async function findHidden(
  facts: readonly Fact[],
  view: CallerView,
): Promise<(fact: Fact) => boolean> {
  const named = facts.filter(({ name }) => referenceFacts.has(name));
  const readable = await view.readable(named.map(({ value }) => `${value}`));
  return fact => named.includes(fact) && !readable.has(`${fact.value}`);
}

/**
 * The facts of one entity.
 *
 * @throws NotFoundError for what is missing and what is forbidden alike
 */
export async function readEntityFacts(
  entityRef: string,
  { facts, reader, sources, view, now }: Omit<EntityFactsOptions, 'changes'>,
): Promise<EntityFacts> {
  await requireReadable(entityRef, view);
  const [stored, freshness, ofOthers] = await Promise.all([
    facts.read([entityRef]),
    lookUpFreshness(sources),
    findHiddenFacts([entityRef], view, reader),
  ]);
  const own = stored.get(entityRef);
  const known: KnownFacts = own
    ? joinFreshness(own, freshness)
    : { facts: [], unknown: [] };
  const isHidden = await findHidden(known.facts, view);
  return {
    entityRef,
    facts: known.facts.filter(
      fact => !isHidden(fact) && !ofOthers(entityRef, fact.name),
    ),
    unknown: known.unknown,
    now: now(),
  };
}

/**
 * What a fact of an entity was and is. It begins where the entity last
 * appeared: what something else of its name was like is not its history.
 *
 * @throws NotFoundError for an entity that is missing or forbidden, and for a fact that is none
 */
export async function readFactHistory(
  entityRef: string,
  name: string,
  { changes, now, ...options }: EntityFactsOptions,
): Promise<FactHistory> {
  const { view, reader } = options;
  const definition = factsByName.get(name);
  const { facts } = await readEntityFacts(entityRef, {
    now,
    ...options,
  });
  if (!definition) {
    throw new NotFoundError(
      `There is no fact ${name}; GET /estate/facts lists what there is`,
    );
  }
  const isOfOthers = await findHiddenFacts([entityRef], view, reader);
  if (isOfOthers(entityRef, name)) {
    return { entityRef, fact: definition, values: [], now: now() };
  }
  const log = await changes.read({
    refs: [entityRef],
    what: ['changed'],
    attribute: name,
    limit: shownValues,
  });
  const [appeared] = await changes.read({
    refs: [entityRef],
    what: ['appeared'],
    limit: 1,
  });
  const own = log.filter(({ seq }) => seq > (appeared?.seq ?? 0));
  const current = facts.find(fact => fact.name === name);
  const values: PastValue[] = [];
  if (current || own.length > 0) {
    values.push({
      value: current?.value,
      origin: current?.origin,
      from: current?.since ?? own[0].at,
    });
  }
  own.forEach(({ at, before, origin }, position) => {
    // What came before the oldest change began before history does.
    values.push({
      value: before,
      origin: before === undefined ? undefined : origin,
      from: own[position + 1]?.at,
      until: at,
    });
  });
  if (definition.reference) {
    const named = values.flatMap(({ value }) => value?.toString() ?? []);
    const readable = await view.readable(named);
    const told = values.filter(
      ({ value }) => value === undefined || readable.has(`${value}`),
    );
    return { entityRef, fact: definition, values: told, now: now() };
  }
  return { entityRef, fact: definition, values, now: now() };
}
