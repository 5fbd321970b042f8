import { InputError } from '@backstage/errors';
import type { EstateChange } from '@causeway/backstage-plugin-causeway-common';
import { referenceFacts } from '../facts/catalogue';
import type { ChangeQuery, ChangeReader, LoggedChange } from './ChangeReader';

/** What a caller may be told of. */
export interface Sight {
  /** Of these references, those that the caller may see. */
  visible(refs: string[]): Promise<ReadonlySet<string>>;
  /** Of these entities, which facts tell of others that the caller may not see. */
  hiddenFacts(
    refs: string[],
  ): Promise<(entityRef: string, fact: string) => boolean>;
}

/** A page of changes. */
export interface ChangePage {
  changes: EstateChange[];
  /** Where to go on from; absent on the last page. */
  cursor?: string;
}

const batchSize = 200;

/**
 * A place in an answer: a time, and how many changes of that time have been
 * told. It is made of what the caller has seen and of nothing else: the
 * numbers of the log would tell how much happens that others may not see
 * (THREATS H15).
 */
interface Place {
  at: number;
  told: number;
}

function parseCursor(cursor: string): Place {
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor);
  if (!match) {
    throw new InputError(
      'The query parameter cursor must be what the page before gave, unchanged; leave it out to begin again',
    );
  }
  return { at: Number(match[1]), told: Number(match[2]) };
}

/** Every entity that a change tells of. */
function namedRefs({
  entityRef,
  otherRef,
  attribute,
  before,
  after,
}: LoggedChange): string[] {
  const values = referenceFacts.has(attribute ?? '') ? [before, after] : [];
  return [entityRef, otherRef, ...values].filter(
    ref => typeof ref === 'string',
  );
}

async function keepVisible(
  changes: LoggedChange[],
  sight: Sight,
): Promise<LoggedChange[]> {
  const refs = new Map(changes.map(change => [change, namedRefs(change)]));
  const visible = await sight.visible([...new Set([...refs.values()].flat())]);
  const shown = changes.filter(change =>
    refs.get(change)!.every(ref => visible.has(ref)),
  );
  const isHidden = await sight.hiddenFacts([
    ...new Set(
      shown.flatMap(({ what, entityRef }) =>
        what === 'changed' ? [entityRef] : [],
      ),
    ),
  ]);
  return shown.filter(
    ({ what, entityRef, attribute }) =>
      what !== 'changed' || !isHidden(entityRef, attribute ?? ''),
  );
}

function withoutPlace({ seq: _, ...change }: LoggedChange): EstateChange {
  return change;
}

/**
 * A page of what the caller may see, newest first, whatever else lies between:
 * changes that name visible entities only.
 *
 * @throws InputError for a cursor that is none
 */
export async function readVisibleChanges(
  reader: ChangeReader,
  { cursor, ...query }: Omit<ChangeQuery, 'before'> & { cursor?: string },
  sight: Sight,
): Promise<ChangePage> {
  const place = cursor === undefined ? undefined : parseCursor(cursor);
  const until = place
    ? Math.min(place.at + 1, query.until ?? Infinity)
    : query.until;
  const found: LoggedChange[] = [];
  let skip = place?.told ?? 0;
  let before: number | undefined;
  let more = true;
  while (more && found.length <= query.limit) {
    const batch = await reader.read({
      ...query,
      until,
      before,
      limit: batchSize,
    });
    more = batch.length === batchSize;
    before = batch.at(-1)?.seq;
    for (const change of await keepVisible(batch, sight)) {
      if (skip > 0 && change.at === place?.at) {
        skip -= 1;
      } else {
        found.push(change);
      }
    }
  }

  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  if (found.length <= query.limit || !last) {
    return { changes: page.map(withoutPlace) };
  }
  const told = page.filter(({ at }) => at === last.at).length;
  const earlier = place?.at === last.at ? place.told : 0;
  return {
    changes: page.map(withoutPlace),
    cursor: `${last.at}.${told + earlier}`,
  };
}
