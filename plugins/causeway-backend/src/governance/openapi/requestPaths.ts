import type { z } from 'zod';
import {
  ballotSchema,
  commentSchema,
  feedbackSchema,
  reconciliationSchema,
} from '../input/bodies';
import { submissionSchema } from '../input/submissionSchema';
import {
  answer,
  body,
  errors,
  flag,
  list,
  missing,
  object,
  query,
  refused,
  requestId,
  text,
  whole,
} from './parts';

const request = answer('GateRequest', {
  id: text,
  state: text,
  'stateReason?': text,
  revision: whole,
  operation: object,
  target: object,
  input: object,
  reason: text,
  requester: object,
  'recommendation?': object,
  discrepancies: list,
  assessment: object,
  'binding?': object,
  'plan?': object,
  'cost?': object,
  'blastRadius?': object,
  recentFailures: list,
  digest: text,
  approval: object,
  votes: list,
  quorum: object,
  createdAt: whole,
  updatedAt: whole,
  'decideBy?': whole,
  'approvedAt?': whole,
  'executeBy?': whole,
  'finishedAt?': whole,
  'decidedBy?': text,
  'execution?': object,
  feedback: list,
  events: list,
  'agentRecord?': object,
  'choices?': object,
  link: text,
  now: whole,
});

const flagParameter = (name: string, description: string) =>
  query(name, description, flag);

const change = (
  operationId: string,
  summary: string,
  permission: string,
  schema?: z.ZodType,
  required = true,
) => ({
  post: {
    operationId,
    summary,
    description: `Answers the \`GateRequest\` as it is then. Asks for the permission \`causeway.request.${permission}\`.`,
    parameters: [requestId],
    ...(schema && { requestBody: body(schema, required) }),
    responses: { ...request, ...errors, ...missing, ...refused },
  },
});

const key = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same key with the same content gives the same request; instead of `idempotencyKey` in the body',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

/** Requests: asking, seeing, deciding. */
export const requestPaths = {
  '/requests': {
    get: {
      operationId: 'GetRequests',
      summary: 'Requests that the caller may see',
      description:
        'Answers a `RequestPage`. Several values stand between commas. Asks for the permission `causeway.request.read`, whose conditions decide in the database.',
      parameters: [
        query('state', 'States'),
        query('operation', 'Names of operations'),
        query('environment', 'Environments of the target'),
        query('owner', 'Groups that own the target'),
        query('target', 'References of targets, at most 50', {
          type: 'string',
        }),
        query('requester', 'Who asked'),
        query('risk', '`critical`, `high`, `medium`, `low`'),
        query('tier', '`1`, `2`, `3`'),
        flagParameter(
          'mine',
          'Only what waits for the caller: to vote on, to do, or to say what came of it',
        ),
        flagParameter('asked', 'Only what the caller asked for'),
        query('text', 'Words of the summary, target or id'),
        query('order', '`urgency` (what expires first) or `newest`'),
        query('cursor', 'The `nextCursor` of the page before'),
        query('limit', 'Most rows of the page. Defaults to 50', {
          type: 'integer',
          minimum: 1,
          maximum: 200,
        }),
      ],
      responses: {
        ...answer('RequestPage', {
          items: list,
          'nextCursor?': text,
          total: whole,
          now: whole,
        }),
        ...errors,
      },
    },
    post: {
      operationId: 'Submit',
      summary: 'Asks for an operation',
      description:
        'Answers a `RequestReceipt` within seconds and never waits for a person. Asks for the permission `causeway.request.create`, and for an operation and environment that the caller may ask for.',
      parameters: [key],
      requestBody: body(submissionSchema),
      responses: {
        ...answer(
          'RequestReceipt',
          {
            id: text,
            state: text,
            tier: whole,
            summary: text,
            decidedBy: text,
            why: text,
            link: text,
            'expiresAt?': whole,
            deciders: list,
            refusals: list,
          },
          '201',
        ),
        ...errors,
        ...missing,
        ...refused,
      },
    },
  },
  '/requests/assess': {
    post: {
      operationId: 'Assess',
      summary: 'What would become of a request; nothing is stored',
      description:
        'Answers an `AssessmentPreview`. Asks for the permission `causeway.request.create`.',
      requestBody: body(submissionSchema),
      responses: {
        ...answer('AssessmentPreview', {
          assessment: object,
          target: object,
          'plan?': object,
          'cost?': object,
          'blastRadius?': object,
          discrepancies: list,
        }),
        ...errors,
        ...missing,
        ...refused,
      },
    },
  },
  '/requests/{id}': {
    get: {
      operationId: 'GetRequest',
      summary: 'A request with everything that belongs to it',
      description:
        'Answers a `GateRequest`. Asks for the permission `causeway.request.read`; missing and forbidden ones look alike.',
      parameters: [requestId],
      responses: { ...request, ...errors, ...missing },
    },
  },
  '/requests/{id}/progress': {
    get: {
      operationId: 'GetRequestProgress',
      summary: 'How far a request is, for whatever waits for it',
      description:
        'Answers a `RequestProgress`, which says nothing of what the request is about. Asks for the permission `causeway.request.read`. The scaffolder may read it, of what templates asked for, with its own token, and nothing else.',
      parameters: [requestId],
      responses: {
        ...answer('RequestProgress', {
          id: text,
          state: text,
          tier: whole,
          why: text,
          'decidedBy?': text,
          deciders: list,
          'missing?': text,
          'decideBy?': whole,
          'outcome?': text,
          link: text,
        }),
        ...errors,
        ...missing,
      },
    },
  },
  '/requests/{id}/votes': change(
    'Vote',
    'Approves or denies: people only, with the digest that they saw',
    'vote',
    ballotSchema,
  ),
  '/requests/{id}/votes/withdraw': change(
    'WithdrawVote',
    "Takes one's vote back, until it runs",
    'vote',
  ),
  '/requests/{id}/withdraw': change(
    'Withdraw',
    'Takes a request back that one asked for',
    'withdraw',
    commentSchema,
    false,
  ),
  '/requests/{id}/reconcile': change(
    'Reconcile',
    'Says what came of a request whose outcome is unknown',
    'reconcile',
    reconciliationSchema,
  ),
  '/requests/{id}/complete': change(
    'Complete',
    'Says that a manual task is done',
    'reconcile',
    commentSchema,
    false,
  ),
  '/requests/{id}/feedback': change(
    'GiveFeedback',
    'Says whether a recommendation was right',
    'feedback',
    feedbackSchema,
  ),
};
