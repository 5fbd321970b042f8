import { readText } from '../../estate/questions/readInput';
import { parseRef } from '../parseSubmission';
import { queryOf, type AddRoutes } from './RouteContext';

/** `GET /operations`: what can be asked for. */
export const addOperationRoutes: AddRoutes = (router, { gate, call }) => {
  router.get('/operations', async (req, res) => {
    const query = queryOf(req);
    const target = readText(query, 'target');
    res.json(
      await gate.operations(await call(req), {
        type: readText(query, 'type'),
        target: target && parseRef(target, 'target'),
      }),
    );
  });
};
