import { haltSchema } from '../input/bodies';
import { parseWith } from '../parseSubmission';
import type { AddRoutes } from './RouteContext';

/** `/halt`: the one switch (THREATS M11). */
export const addHaltRoutes: AddRoutes = (router, { gate, call }) => {
  router.post('/halt', async (req, res) => {
    const who = await call(req);
    res.json(await gate.halt(parseWith(haltSchema, req.body), who));
  });

  router.post('/halt/resume', async (req, res) => {
    const who = await call(req);
    const { scope, reason } = parseWith(haltSchema, req.body);
    res.json(await gate.resume(scope, reason, who));
  });
};
