import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { parseRequestQuery } from '../input/parseRequestQuery';
import { parseSubmission } from '../parseSubmission';
import { idOf, queryOf, type AddRoutes } from './RouteContext';

/** The body, with the key of the header where it has none of its own. */
function withKey(req: Request): unknown {
  const key = req.header('idempotency-key');
  const { body } = req;
  if (key === undefined) {
    return body;
  }
  if (body?.idempotencyKey !== undefined && body.idempotencyKey !== key) {
    throw new InputError(
      'The header Idempotency-Key and idempotencyKey in the body differ; send one of them',
    );
  }
  return { ...body, idempotencyKey: key };
}

/** `/requests`: asking, and seeing what was asked. */
export const addRequestRoutes: AddRoutes = (router, { gate, call }) => {
  router.get('/requests', async (req, res) => {
    const query = parseRequestQuery(queryOf(req));
    res.json(await gate.list(query, await call(req)));
  });

  router.post('/requests', async (req, res) => {
    const who = await call(req);
    res.status(201).json(await gate.submit(parseSubmission(withKey(req)), who));
  });

  router.post('/requests/assess', async (req, res) => {
    const who = await call(req);
    res.json(await gate.assess(parseSubmission(req.body), who));
  });

  router.get('/requests/:id', async (req, res) => {
    res.json(await gate.get(idOf(req), await call(req)));
  });

  router.get('/requests/:id/progress', async (req, res) => {
    res.json(await gate.progress(idOf(req), await call(req)));
  });
};
