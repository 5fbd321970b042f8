import {
  ballotSchema,
  commentSchema,
  feedbackSchema,
  reconciliationSchema,
} from '../input/bodies';
import { parseWith } from '../parseSubmission';
import { idOf, type AddRoutes } from './RouteContext';

/** `/requests/:id/…`: what people do with one request. None of it is a GET. */
export const addRequestChangeRoutes: AddRoutes = (router, { gate, call }) => {
  router.post('/requests/:id/votes', async (req, res) => {
    const who = await call(req);
    const ballot = parseWith(ballotSchema, req.body);
    res.json(await gate.vote(idOf(req), ballot, who));
  });

  router.post('/requests/:id/votes/withdraw', async (req, res) => {
    res.json(await gate.withdrawVote(idOf(req), await call(req)));
  });

  router.post('/requests/:id/withdraw', async (req, res) => {
    const who = await call(req);
    const { comment } = parseWith(commentSchema, req.body ?? {});
    res.json(await gate.withdraw(idOf(req), comment, who));
  });

  router.post('/requests/:id/reconcile', async (req, res) => {
    const who = await call(req);
    const reconciliation = parseWith(reconciliationSchema, req.body);
    res.json(await gate.reconcile(idOf(req), reconciliation, who));
  });

  router.post('/requests/:id/complete', async (req, res) => {
    const who = await call(req);
    const { comment } = parseWith(commentSchema, req.body ?? {});
    res.json(await gate.complete(idOf(req), comment, who));
  });

  router.post('/requests/:id/feedback', async (req, res) => {
    const who = await call(req);
    const feedback = parseWith(feedbackSchema, req.body);
    res.json(await gate.giveFeedback(idOf(req), feedback, who));
  });
};
