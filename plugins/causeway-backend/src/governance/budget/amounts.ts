import { InputError } from '@backstage/errors';

/** Amounts are kept as millionths per hour: whole numbers add up exactly, in any order. */
const millionths = 1_000_000;

/** More than any platform costs an hour; a thousand million times as much still adds up exactly in PostgreSQL. */
const most = 1_000_000_000;

/**
 * What a change takes of a budget: its cost per hour where it costs more than
 * before, and nothing where it costs less. A decrease earns no credit
 * (THREATS H10).
 *
 * @throws InputError for what is no finite number
 */
export function chargeOf(delta: number): number {
  if (!Number.isFinite(delta)) {
    throw new InputError(
      `A cost of ${delta} an hour cannot be reserved: it is not known`,
    );
  }
  return Math.max(0, delta);
}

/**
 * An amount per hour in millionths, rounded up.
 *
 * @throws InputError for what is not from 0 to a thousand million
 */
export function toMillionths(amount: number): number {
  if (!(amount >= 0 && amount <= most)) {
    throw new InputError(
      `An amount of ${amount} an hour cannot be reserved: it must be from 0 to ${most}`,
    );
  }
  // A double's own inaccuracy (0.1 * 10 ** 6 is 100000.00000000001) is none of the amount's.
  return Math.ceil(Number((amount * millionths).toPrecision(15)));
}

/**
 * A limit per hour in millionths, rounded down.
 *
 * @throws InputError for a limit that is negative or no number
 */
export function limitToMillionths(name: string, limit: number): number {
  if (!(limit >= 0)) {
    throw new InputError(`The limit ${name} is ${limit}: it must be 0 or more`);
  }
  return Math.floor(
    Number(
      (
        Math.min(limit, Number.MAX_SAFE_INTEGER / millionths) * millionths
      ).toPrecision(15),
    ),
  );
}

/** Millionths as an amount per hour. */
export function fromMillionths(value: number): number {
  return value / millionths;
}
