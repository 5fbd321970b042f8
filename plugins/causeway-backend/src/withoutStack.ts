import { isError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** Errors that tell callers what they can do: an answer, and no fault of ours. */
const told = new Set([
  'AuthenticationError',
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
]);

/**
 * Takes the stack from errors that callers are told of. Backstage adds it to
 * answers in development, where it says to nobody what was wrong with what
 * they sent; of faults of our own it stays.
 */
export const withoutStack: ErrorRequestHandler = (error, _req, _res, next) => {
  if (isError(error) && told.has(error.name)) {
    error.stack = undefined;
  }
  next(error);
};
