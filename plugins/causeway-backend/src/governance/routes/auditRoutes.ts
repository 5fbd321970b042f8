import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { erasureSchema } from '../input/bodies';
import { parseAuditQuery } from '../input/parseRequestQuery';
import { parseWith } from '../parseSubmission';
import { queryOf, type AddRoutes } from './RouteContext';

/** Aborted when the client goes away. */
function signalOf(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
}

/** Whatever comes first is read before the headers are sent, so that an early failure is an answer. */
async function* startingWith<T>(
  first: IteratorResult<T>,
  rest: AsyncIterator<T>,
): AsyncIterable<T> {
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** `/audit`: the trail, to search, verify and take along; texts beside it, to erase. */
export const addAuditRoutes: AddRoutes = (router, { gate, call }) => {
  router.get('/audit', async (req, res) => {
    const query = parseAuditQuery(queryOf(req));
    const audit = await gate.audit(await call(req));
    res.json(await audit.search(query));
  });

  router.get('/audit/verify', async (req, res) => {
    const audit = await gate.audit(await call(req));
    res.json(await audit.verify(signalOf(res)));
  });

  router.get('/audit/anchors', async (req, res) => {
    const audit = await gate.audit(await call(req));
    res.json(await audit.anchors());
  });

  router.post('/audit/erase', async (req, res) => {
    const who = await call(req);
    res.json(await gate.eraseAudit(parseWith(erasureSchema, req.body), who));
  });

  router.get('/audit/export', async (req, res) => {
    const query = parseAuditQuery(queryOf(req));
    const audit = await gate.audit(await call(req));
    const lines = audit.export(query)[Symbol.asyncIterator]();
    const first = await lines.next();
    res.status(200).set({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="causeway-audit.jsonl"',
      'cache-control': 'no-store',
    });
    // A failure on the way cuts the connection: half an export must not look
    // like a whole one.
    await pipeline(Readable.from(startingWith(first, lines)), res).catch(
      () => undefined,
    );
  });
};
