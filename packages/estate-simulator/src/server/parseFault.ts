import { Fault } from './faults';
import { rewriteNames } from './rewrites';

/** What a field of a fault has to be, and how to say it. */
const fields: Record<string, [(value: unknown) => boolean, string]> = {
  path: [isText, 'the beginning of a path with its query'],
  pattern: [isText, 'a regular expression for the path with its query'],
  method: [isText, 'an HTTP method'],
  status: [
    value => isWhole(value) && value >= 100 && value <= 599,
    'a status from 100 to 599',
  ],
  headers: [
    value => isRecord(value) && Object.values(value).every(isText),
    'names and texts',
  ],
  body: [() => true, 'anything'],
  delayMs: [value => isWhole(value), 'milliseconds'],
  cut: [value => value === 'before' || value === 'middle', 'before or middle'],
  mute: [value => typeof value === 'boolean', 'true or false'],
  rewrite: [
    value => (rewriteNames as readonly unknown[]).includes(value),
    rewriteNames.join(', '),
  ],
  times: [value => isWhole(value) && value > 0, 'a number of requests'],
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A fault as it is sent over HTTP. One that does nothing would look as if
 * whatever is tried with it held.
 *
 * @throws Error that says what is wrong and what there is
 */
export function parseFault(body: unknown): Fault {
  if (!isRecord(body)) {
    throw new Error('a fault is an object');
  }
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(fields, name)) {
      throw new Error(
        `a fault has ${Object.keys(fields).join(', ')}; there is no ${name}`,
      );
    }
    const [fits, what] = fields[name];
    if (!fits(value)) {
      throw new Error(`${name} is ${what}, not ${JSON.stringify(value)}`);
    }
  }
  const { path, pattern, ...rest } = body as Omit<Fault, 'path'> & {
    path?: string;
    pattern?: string;
  };
  if ((path === undefined) === (pattern === undefined)) {
    throw new Error(
      'a fault needs path (a prefix) or pattern (a regular expression), one of the two',
    );
  }
  if (Object.keys(rest).every(name => name === 'method' || name === 'times')) {
    throw new Error(
      'a fault says what goes wrong: status, headers, body, delayMs, cut, mute or rewrite',
    );
  }
  try {
    return { ...rest, path: path ?? new RegExp(pattern!) };
  } catch (error) {
    throw new Error(`pattern: ${(error as Error).message}`);
  }
}
