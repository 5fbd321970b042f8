import {
  changeTypes,
  type Delivery,
  type RecentChanges,
} from '@causeway/backstage-plugin-causeway-common';
import { InputError } from '@backstage/errors';
import { historySight } from '../access/historySight';
import type { ChangeQuery } from '../changes/ChangeReader';
import { readVisibleChanges } from '../changes/readVisibleChanges';
import { walk } from '../graph/walk';
import {
  fromChange,
  fromDelivery,
  newestFirst,
  type TimedRow,
} from './changeRows';
import { compact, toTime } from './compact';
import { mostCounted } from './findEntities';
import type { Question } from './Question';
import {
  inAnyCase,
  readChoices,
  readFlag,
  readList,
  readNumber,
  readText,
  readWindow,
  type QuestionInput,
} from './readInput';
import { resolveEntity } from './resolveEntity';
import { resolveOwners } from './resolveOwners';
import { fieldsOf } from './traverseGraph';

/** What a list of changes is about; everything where `refs` is absent. */
interface Scope extends Pick<ChangeQuery, 'refs' | 'removedFrom'> {
  /** Absent where they are not gathered: of everything. */
  deliveries?: Delivery[];
}

/** An entity, its parts and applications, and its neighbours as far as asked. */
async function scopeOf(
  rootRef: string,
  depth: number,
  { reader, view }: Question,
): Promise<Scope> {
  const found = await walk(
    { rootRef, depth, direction: 'both', limit: mostCounted },
    (refs, leaves) => view.entities(refs, fieldsOf(leaves)),
  );
  const around = (found?.nodes ?? []).map(({ ref }) => ref);
  const own = (await reader.contexts([rootRef])).get(rootRef);
  const parts = await view.readable([
    ...(own?.instanceRefs ?? []),
    ...(own?.applicationRefs ?? []),
  ]);
  const refs = [...new Set([...around, ...parts])];
  const contexts = await reader.contexts(refs);
  return {
    refs,
    deliveries: [...contexts.values()].flatMap(
      ({ deliveries = [] }) => deliveries,
    ),
  };
}

async function readScope(
  input: QuestionInput,
  question: Question,
): Promise<Scope> {
  const owners = readList(input, 'owner');
  const environments = inAnyCase(readList(input, 'environment'));
  if (readText(input, 'entity') !== undefined) {
    if (owners || environments) {
      throw new InputError(
        'entity stands alone: leave owner and environment out, or entity',
      );
    }
    return scopeOf(
      await resolveEntity(input, 'entity', question),
      readNumber(input, 'neighbours', { least: 0, most: 2, otherwise: 0 }),
      question,
    );
  }
  if (!owners && !environments) {
    return {};
  }
  const ownerRefs =
    owners &&
    (await resolveOwners(owners, readFlag(input, 'nested'), question));
  const candidates = await question.search.candidates({
    owners: ownerRefs,
    values: environments && { environment: environments },
  });
  const readable = await question.view.readable(
    // What runs in an environment, not what has a part there.
    candidates
      .filter(({ composed }) => !environments || !composed)
      .map(({ ref }) => ref),
  );
  const contexts = await question.reader.contexts([...readable]);
  return {
    refs: [...readable],
    removedFrom: { owners: ownerRefs, environments },
    deliveries: [...contexts.values()].flatMap(
      ({ deliveries = [] }) => deliveries,
    ),
  };
}

/** A place in an answer: a time, and how many changes of that time have been told. */
function readPlace(input: QuestionInput): { at: number; told: number } {
  const cursor = readText(input, 'cursor');
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor ?? `${8e14}.0`);
  if (!match) {
    throw new InputError(
      'cursor must be the `more` of the answer before, to the same question; leave it out to begin again',
    );
  }
  return { at: Number(match[1]), told: Number(match[2]) };
}

/** What changed lately: in the whole estate, around an entity, or of an owner or environment. */
export async function listRecentChanges(
  input: QuestionInput,
  question: Question,
): Promise<RecentChanges> {
  const limit = readNumber(input, 'limit', {
    least: 1,
    most: 100,
    otherwise: 20,
  });
  const since =
    question.now() -
    readWindow(input, 'window', { mostDays: 90, otherwise: '24h' });
  const what = readChoices(input, 'what', [...changeTypes, 'deployed']);
  const place = readPlace(input);
  const scope = await readScope(input, question);
  const { deliveries } = scope;
  const logged = what?.flatMap(one => (one === 'deployed' ? [] : [one]));
  if (!deliveries && what?.includes('deployed')) {
    throw new InputError(
      'what=deployed needs to know of what: name an entity, an owner or an environment, too',
    );
  }
  const { changes } =
    logged?.length === 0
      ? { changes: [] }
      : await readVisibleChanges(
          question.changes,
          {
            refs: scope.refs,
            removedFrom: scope.removedFrom,
            what: logged,
            since,
            until: place.at + 1,
            limit: limit + place.told + 1,
          },
          historySight(question.view, question.reader),
        );
  const deployed =
    what && !what.includes('deployed')
      ? []
      : (deliveries ?? []).filter(
          ({ deployedAt }) => deployedAt >= since && deployedAt <= place.at,
        );
  const rows = newestFirst([
    ...changes.map(fromChange),
    ...deployed.map(fromDelivery),
  ]);
  const begun = Math.max(
    (await question.changes.begun()) ?? question.now(),
    question.now() - question.history.keepFor,
  );
  return toAnswer(
    {
      since,
      begun,
      deployments: deliveries !== undefined || what !== undefined,
    },
    rows,
    place,
    limit,
  );
}

/** What an answer does not tell, where one would think that it does. */
function hintOf(
  asked: { since: number; begun: number; deployments: boolean },
  nothing: boolean,
): string | undefined {
  const { since, begun, deployments } = asked;
  const hints = [
    nothing ? 'Nothing changed that you may read; ask for a longer window' : '',
    since < begun ? 'What was before `since` is not known' : '',
    deployments
      ? ''
      : 'Deployments are left out: name an entity, an owner or an environment',
  ].filter(Boolean);
  return hints.length > 0 ? hints.join('. ') : undefined;
}

function toAnswer(
  asked: { since: number; begun: number; deployments: boolean },
  rows: TimedRow[],
  place: { at: number; told: number },
  limit: number,
): RecentChanges {
  // What has been told is of the cursor's own moment, hence at the front.
  const left = rows.slice(place.told);
  const page = left.slice(0, limit);
  const last = page.at(-1)?.at;
  const told =
    page.filter(({ at }) => at === last).length +
    (last === place.at ? place.told : 0);
  const answer = {
    since: toTime(Math.max(asked.since, asked.begun)),
    changes: page.map(({ row }) => row),
    more: left.length > limit ? `${last}.${told}` : undefined,
    hint: hintOf(asked, rows.length === 0),
  };
  return { ...compact(answer), changes: answer.changes };
}
