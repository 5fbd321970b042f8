import type { AddRoutes } from './RouteContext';

/** `GET /gate`, `GET /policy`: how the gate is, and by what it decides. */
export const addGateRoutes: AddRoutes = (router, { gate, call }) => {
  router.get('/gate', async (req, res) => {
    res.json(await gate.status(await call(req)));
  });

  router.get('/policy', async (req, res) => {
    res.json(await gate.policy(await call(req)));
  });
};
