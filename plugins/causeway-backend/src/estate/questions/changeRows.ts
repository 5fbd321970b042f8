import type {
  ChangeRow,
  Delivery,
  EstateChange,
  FactType,
  FactValue,
} from '@causeway/backstage-plugin-causeway-common';
import { compact, toTime } from './compact';
import { sortTexts } from './untrusted';

/** A change or a delivery with its time, to be put in order. */
export interface TimedRow {
  at: number;
  row: ChangeRow;
}

function textOf(value: FactValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A time as other times of the answer; a value that is no text, or that may stand among an answer's own fields. */
function plain(
  value: FactValue | undefined,
  type: FactType | undefined,
  word: string | undefined,
): FactValue | undefined {
  if (type === 'time' && typeof value === 'number') {
    return toTime(value);
  }
  return typeof value === 'string' ? word : value;
}

/** A change of the log, as an answer tells it. */
export function fromChange(change: EstateChange): TimedRow {
  const { at, entityRef, what, attribute, otherRef, before, after } = change;
  const { type } = change;
  const texts = sortTexts({ before: textOf(before), after: textOf(after) });
  return {
    at,
    row: compact({
      at: toTime(at),
      ref: entityRef,
      what,
      attribute,
      before: plain(before, type, texts.words.before),
      after: plain(after, type, texts.words.after),
      other: otherRef,
      untrusted: texts.untrusted,
    }),
  };
}

/** What Argo CD recorded, as an answer tells it. */
export function fromDelivery(delivery: Delivery): TimedRow {
  const { applicationRef, revision, deployedAt, initiatedBy } = delivery;
  const texts = sortTexts({
    // The whole of a commit's name costs more than it tells.
    revision: /^[0-9a-f]{40}$/.test(revision)
      ? revision.slice(0, 12)
      : revision,
    by: initiatedBy,
  });
  return {
    at: deployedAt,
    row: compact({
      at: toTime(deployedAt),
      ref: applicationRef,
      what: 'deployed',
      revision: texts.words.revision,
      by: texts.words.by,
      untrusted: texts.untrusted,
    }),
  };
}

/** Newest first; what happened at one time keeps its order. */
export function newestFirst(rows: TimedRow[]): TimedRow[] {
  return [...rows].sort((a, b) => b.at - a.at);
}
