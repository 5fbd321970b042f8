import { InputError } from '@backstage/errors';
import { normalizeText } from '../search/normalizeText';

/** The input of a question, from a query string or from an action. */
export type QuestionInput = Record<
  string,
  string | number | boolean | undefined
>;

/** Longest text of an input. */
const longest = 300;
const mostValues = 20;

/** A text; `undefined` where it is absent or blank. */
export function readText(
  input: QuestionInput,
  field: string,
): string | undefined {
  const value = input[field];
  if (value === undefined) {
    return undefined;
  }
  const text = String(value).trim();
  if (text.length > longest) {
    throw new InputError(
      `${field} has ${text.length} characters, at most ${longest} are taken; say it shorter`,
    );
  }
  return text || undefined;
}

/** A text as the index has it; a blank one would find everything. */
export function readWords(
  input: QuestionInput,
  field: string,
): string | undefined {
  const value = input[field];
  if (value === undefined || value === '') {
    return undefined;
  }
  const words = normalizeText(readText(input, field) ?? '');
  if (words.trim() === '') {
    throw new InputError(
      `${field} holds nothing to look for; leave it out or say a word`,
    );
  }
  return words;
}

/** Values as they were written, and in lower case as nearly all are. */
export function inAnyCase(list: string[] | undefined): string[] | undefined {
  return (
    list && [...new Set(list.flatMap(value => [value, value.toLowerCase()]))]
  );
}

/** Values that stand between commas; `undefined` where there are none. */
export function readList(
  input: QuestionInput,
  field: string,
): string[] | undefined {
  const values = readText(input, field)
    ?.split(',')
    .map(value => value.trim())
    .filter(Boolean);
  if (values && values.length > mostValues) {
    throw new InputError(
      `${field} names ${values.length} values, at most ${mostValues} are taken; ask more than once`,
    );
  }
  return values?.length ? values : undefined;
}

/** Values between commas, each one of those that there are. */
export function readChoices<T extends string>(
  input: QuestionInput,
  field: string,
  choices: readonly T[],
): T[] | undefined {
  return readList(input, field)?.map(value => {
    const choice = choices.find(one => one === normalizeText(value));
    if (choice === undefined) {
      throw new InputError(
        `${field} cannot be '${value}'; it is one of ${choices.join(', ')}`,
      );
    }
    return choice;
  });
}

/** A whole number in bounds. */
export function readNumber(
  input: QuestionInput,
  field: string,
  bounds: { least: number; most: number; otherwise: number },
): number {
  const value = input[field];
  if (value === undefined) {
    return bounds.otherwise;
  }
  const number = Number(value);
  if (
    !Number.isInteger(number) ||
    number < bounds.least ||
    number > bounds.most
  ) {
    throw new InputError(
      `${field} must be a whole number from ${bounds.least} to ${bounds.most}, but is '${value}'`,
    );
  }
  return number;
}

/** A yes or no, as a boolean or as a word. */
export function readFlag(input: QuestionInput, field: string): boolean {
  return input[field] === true || input[field] === 'true';
}

const units: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A duration such as `90m`, `24h` or `7d`, in milliseconds. */
export function readWindow(
  input: QuestionInput,
  field: string,
  bounds: { mostDays: number; otherwise: string },
): number {
  const text = readText(input, field) ?? bounds.otherwise;
  const match = /^(\d{1,6})([mhd])$/.exec(text);
  const milliseconds = match ? Number(match[1]) * units[match[2]] : 0;
  if (milliseconds <= 0 || milliseconds > bounds.mostDays * units.d) {
    throw new InputError(
      `${field} must be a duration such as 90m, 24h or 7d, of at most ${bounds.mostDays}d, but is '${text}'`,
    );
  }
  return milliseconds;
}
