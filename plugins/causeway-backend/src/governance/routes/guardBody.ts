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

/** Milliseconds in which who still sends can read why it should not. */
const lingering = 1_000;

/**
 * Reads a body of JSON, bounded also where it was compressed (THREATS M8). The
 * parser reads whatever is too much to its end before it says so: whoever sends
 * without an end is answered here, and hung up on.
 */
export const readBody: RequestHandler = (req, res, next) => {
  let answered = false;
  const answer = (error?: { type?: string }) => {
    if (!answered) {
      answered = true;
      next(error && toInputError(error));
    }
  };
  let received = 0;
  const count = (chunk: Buffer) => {
    received += chunk.length;
    if (received > bodyLimits.bytes && !answered) {
      res.set('connection', 'close');
      res.once('finish', () => {
        setTimeout(() => req.socket.destroy(), lingering).unref();
      });
      answer({ type: 'entity.too.large' });
    }
  };
  parse(req, res, answer);
  // After the parser, for the first to listen lets the body flow; what it does
  // not read (another type, another encoding) stays unread.
  if (!answered) {
    req.on('data', count);
  }
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
