import { SourceFile } from '../document/SourceFile';
import { Place } from '../findings/finding';
import { plainText } from './plainText';

/** Longest line of an excerpt; of longer ones the part around the place is shown. */
const widest = 160;

/** One line of an excerpt and its number. */
export interface ExcerptLine {
  number: number;
  text: string;
  /** Where the marks below begin and how many there are. */
  marks?: { column: number; length: number };
}

/** The line of a place with the line before it. */
export function excerpt(file: SourceFile, place: Place): ExcerptLine[] {
  if (file.text === '') {
    return [];
  }
  const lines: ExcerptLine[] = [];
  if (place.line > 1) {
    const before = lineOf(file, place.line - 1);
    if (before.trim()) {
      lines.push({ number: place.line - 1, text: cut(before, 0).text });
    }
  }
  const raw = lineOf(file, place.line);
  const { text, shift } = cut(raw, place.column - 1);
  const begin = shown(raw.slice(shift, place.column - 1)).length;
  const last =
    place.endLine === place.line ? place.endColumn - 1 : raw.trimEnd().length;
  const marked = shown(raw.slice(place.column - 1, last)).length;
  lines.push({
    number: place.line,
    text,
    marks: {
      column: begin + (shift > 0 ? 1 : 0),
      length: Math.max(1, Math.min(marked, widest - begin)),
    },
  });
  return lines;
}

function lineOf(file: SourceFile, line: number): string {
  const begin = file.lines.startOf(line);
  const end = file.text.indexOf('\n', begin);
  return file.text
    .slice(begin, end === -1 ? undefined : end)
    .replace(/\r$/, '');
}

function cut(line: string, column: number): { text: string; shift: number } {
  const shift = line.length > widest ? Math.max(0, column - 60) : 0;
  const part = line.slice(shift, shift + widest);
  return {
    text: `${shift > 0 ? '…' : ''}${shown(part)}${
      shift + widest < line.length ? '…' : ''
    }`,
    shift,
  };
}

function shown(text: string): string {
  return plainText(text.replace(/\t/g, '  '));
}
