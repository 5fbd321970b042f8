import { InputError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';
import { bodyLimits, checkJson } from '../input/checkJson';
import { requireNoSecrets } from '../input/requireNoSecrets';

const parse = express.json({ limit: bodyLimits.bytes });

function toInputError(error: { type?: string }): InputError {
  switch (error.type) {
    case 'entity.too.large':
      return new InputError(
        `The body has more than ${bodyLimits.bytes / 1024} KB; send less`,
      );
    case 'entity.parse.failed':
      return new InputError('The body is no JSON object');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new InputError('The body must be JSON in UTF-8');
    default:
      return new InputError('The body could not be read; send it again');
  }
}

/** Reads a body of JSON, bounded also where it was compressed (THREATS M8). */
export const readBody: RequestHandler = (req, res, next) => {
  parse(req, res, error => next(error && toInputError(error)));
};

/** Lets bodies, queries and keys pass that everything behind can take, and that hold no secret (THREATS M4, M8). */
export const guardBody: RequestHandler = (req, _res, next) => {
  const { 'idempotency-key': key } = req.headers;
  checkJson(req.query, 'The query');
  checkJson(req.body, 'The body');
  requireNoSecrets(req.body);
  requireNoSecrets(key);
  next();
};
