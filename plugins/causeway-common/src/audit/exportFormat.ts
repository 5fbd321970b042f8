import type { AuditQuery } from '../governance';
import type { ChainHead, StoredEntry, StoredText } from './StoredEntry';

/**
 * Media type and version of an export, in its first line.
 *
 * @public
 */
export const exportFormat = 'causeway.dev/audit-export/v1';

/**
 * First line of an export.
 *
 * @public
 */
export interface ExportHeader {
  format: typeof exportFormat;
  /** A filtered export holds some of the entries: nothing says that none is missing. */
  filtered: boolean;
  /** What it was narrowed to. */
  filter: Omit<AuditQuery, 'cursor' | 'limit'>;
  /** Epoch milliseconds. */
  at: number;
  /** Where the trail ended when the export began. */
  head: ChainHead;
  /** Random id of the database, which signed checkpoints name too. */
  database?: string;
}

/** First line of an export. */
export function headerLine(header: ExportHeader): string {
  return `${JSON.stringify({ export: header })}\n`;
}

const hashLength = 64;
const beforeHash = '{"hash":"';
const beforePrevious = '","previous":"';
const beforeEntry = '","entry":';
const entryStart =
  beforeHash.length +
  hashLength +
  beforePrevious.length +
  hashLength +
  beforeEntry.length;

/** An entry: its canonical text as it was hashed, byte for byte. */
export function entryLine(
  entry: Pick<StoredEntry, 'hash' | 'previous' | 'canonical'>,
): string {
  return `${beforeHash}${entry.hash}${beforePrevious}${entry.previous}${beforeEntry}${entry.canonical}}\n`;
}

/** A text beside the entry above it. */
export function textLine(text: StoredText): string {
  return `${JSON.stringify({ text })}\n`;
}

/** Last line: whoever misses it has not got everything. */
export function endLine(end: { entries: number }): string {
  return `${JSON.stringify({ end })}\n`;
}

/** What a line of an export is. */
export type ExportLine =
  | { type: 'entry'; hash: string; previous: string; canonical: string }
  | { type: 'header'; header: ExportHeader }
  | { type: 'text'; text: StoredText }
  | { type: 'end'; entries: number };

/** Reads a line, without its line feed; `undefined` for what is none. */
export function readLine(line: string): ExportLine | undefined {
  if (line.startsWith(beforeHash)) {
    const hash = line.slice(beforeHash.length, beforeHash.length + hashLength);
    const previous = line.slice(
      entryStart - beforeEntry.length - hashLength,
      entryStart - beforeEntry.length,
    );
    const canonical = line.slice(entryStart, -1);
    // The line is made again rather than looked at piece by piece: any byte
    // that differs shows.
    return `${line}\n` === entryLine({ hash, previous, canonical }) &&
      isHash(hash) &&
      isHash(previous)
      ? { type: 'entry', hash, previous, canonical }
      : undefined;
  }
  const value = parseObject(line);
  if (isObject(value?.export)) {
    const header = value.export as unknown as ExportHeader;
    return header.format === exportFormat &&
      isObject(header.head) &&
      Number.isSafeInteger(header.head.seq) &&
      typeof header.filtered === 'boolean' &&
      ['undefined', 'string'].includes(typeof header.database)
      ? { type: 'header', header }
      : undefined;
  }
  if (isObject(value?.text)) {
    const { seq, field, salt, text } = value.text;
    return typeof seq === 'number' &&
      [field, salt, text].every(one => typeof one === 'string')
      ? { type: 'text', text: value.text as unknown as StoredText }
      : undefined;
  }
  if (isObject(value?.end) && typeof value.end.entries === 'number') {
    return { type: 'end', entries: value.end.entries };
  }
  return undefined;
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && JSON.stringify(value) === line
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
