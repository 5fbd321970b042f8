import type { Fault } from '@causeway/estate-simulator';
import type { TargetName } from './targets';

/** A fault of an answer, what is shown of it, and what it says in the documentation. */
export interface FaultCase {
  /** The row's name in the documentation. */
  title: string;
  fault: Omit<Fault, 'path'>;
  /** Whether only lists fail; watches fail with them otherwise. */
  listsOnly?: boolean;
  /** What the partition says while the fault lasts, by source. */
  shown: Record<TargetName, Shown>;
  /** What becomes of what the estate holds. */
  meanwhile: string;
  /** Lowers the patience with a source, in milliseconds. */
  patience?: number;
}

/** State, reason, and the words that the message must hold. */
export interface Shown {
  state: 'stale' | 'held';
  reason: string;
  message: RegExp;
}

const everywhere = (reason: string, message: RegExp, state?: 'held') => {
  const shown: Shown = { state: state ?? 'stale', reason, message };
  return { kubernetes: shown, argocd: shown, github: shown };
};

const kept = 'Everything stays and is shown as stale.';

/** Faults that leave a partition in doubt for as long as they last. */
export const faultCases: FaultCase[] = [
  {
    title: '401',
    fault: { status: 401, body: {} },
    shown: everywhere('unauthorized', /token|credentials/i),
    meanwhile: kept,
  },
  {
    title: '403 on one kind',
    fault: { status: 403, body: {} },
    shown: everywhere('forbidden', /may not|grant|allow|refuse/i),
    meanwhile: `${kept} Other kinds go on.`,
  },
  {
    title: '404 of a kind',
    fault: { status: 404, body: {} },
    shown: everywhere('not-found', /nothing is deleted|does not know|404/i),
    meanwhile:
      'Everything stays: only discovery that says so makes a kind absent.',
  },
  {
    title: '429',
    fault: { status: 429, body: {} },
    shown: everywhere('rate-limited', /slow down|limit/i),
    meanwhile: kept,
  },
  {
    title: '429 with Retry-After',
    fault: { status: 429, body: {}, headers: { 'Retry-After': '1' } },
    shown: everywhere('rate-limited', /left alone for 1 s/),
    meanwhile: `${kept} The source is left alone for as long as it asks.`,
  },
  {
    title: '500',
    fault: { status: 500, body: {} },
    shown: everywhere('server-error', /500/),
    meanwhile: kept,
  },
  {
    title: 'No answer in time',
    fault: { delayMs: 60_000 },
    patience: 400,
    shown: everywhere('timeout', /in time/),
    meanwhile: kept,
  },
  {
    title: 'Connection cut before the answer',
    fault: { cut: 'before' },
    shown: everywhere('connection', /cut|closed|reach/i),
    meanwhile: kept,
  },
  {
    title: 'Connection cut in the middle of an answer',
    fault: { cut: 'middle' },
    listsOnly: true,
    shown: everywhere('connection', /cut|closed/i),
    meanwhile: kept,
  },
  {
    title: 'Truncated page',
    fault: { rewrite: 'cut' },
    listsOnly: true,
    shown: everywhere('truncated', /cut|end/i),
    meanwhile: kept,
  },
  {
    title: 'Empty answer where there were objects',
    fault: { rewrite: 'empty' },
    listsOnly: true,
    shown: everywhere('suspiciously-empty', /lacks \d+ of \d+/, 'held'),
    meanwhile:
      'Everything stays and is held until a later complete list confirms it.',
  },
  {
    title: 'An object without a name',
    fault: { rewrite: 'nameless' },
    listsOnly: true,
    shown: everywhere('malformed', /lacks 1 of \d+/, 'held'),
    meanwhile:
      'Everything stays for as long as an object does not tell which one it is.',
  },
  {
    title: 'Half of the objects gone at once',
    fault: { rewrite: 'half' },
    listsOnly: true,
    shown: everywhere('mass-removal', /lacks \d+ of \d+/, 'held'),
    meanwhile:
      'Everything stays and is held until a later complete list confirms it.',
  },
];

/** Answers with one object that cannot be read whole; the rest of them is. */
export const malformedCases: {
  title: string;
  fault: Omit<Fault, 'path'>;
  meanwhile: string;
}[] = [
  {
    title: 'Of wrong types',
    fault: { rewrite: 'wrong-types' },
    meanwhile:
      'What was known of it stays, and the Estate page counts it as unreadable.',
  },
  {
    title: 'A text of 4 MB where a label or a description belongs',
    // Three answers: each costs the simulator seconds on a busy machine.
    fault: { rewrite: 'absurd-size', times: 3 },
    meanwhile: 'The text is cut or left out, the rest of the object is read.',
  },
  {
    title: 'Nested 20,000 levels deep',
    fault: { rewrite: 'deep-nesting' },
    meanwhile: 'The value is left out, the rest of the object is read.',
  },
  {
    title: 'Of a source whose clock is an hour ahead',
    fault: { headers: { Date: 'Fri, 01 Jan 2100 00:00:00 GMT' } },
    meanwhile: "Nothing changes: times are the database's.",
  },
];
