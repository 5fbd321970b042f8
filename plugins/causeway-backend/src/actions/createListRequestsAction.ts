import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { compact } from '../estate/questions/compact';
import { parseRequestQuery } from '../governance/input/parseRequestQuery';
import { answering } from './answering';
import { tellRow } from './gateAnswers';
import { requestRow } from './gateSchemas';
import type { CreateGateAction } from './registerGateActions';
import { whole } from './schemas';

/** Rows of a page where nobody says how many: agents pay by the token. */
const defaultLimit = 20;

/** Registers `list-requests`. */
export const createListRequestsAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'list-requests',
    title: 'List requests',
    description: "Requests, most urgent first. asked: your person's.",
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z
          .object({
            state: z.string().optional().describe('pending,approved …'),
            operation: z.string().optional(),
            environment: z.string().optional(),
            owner: z.string().optional(),
            target: z.string().optional(),
            asked: z.boolean().optional(),
            limit: whole(z, 1, 100),
            cursor: z.string().optional(),
          })
          .strict(),
      output: z =>
        z.object({
          count: z.number(),
          requests: z.array(requestRow(z)),
          more: z.string().optional(),
        }),
    },
    examples: [
      {
        title: 'What waits for people in production?',
        input: { state: 'pending', environment: 'production' },
        output: {
          count: 1,
          requests: [
            {
              id: '01JD',
              state: 'pending',
              operation: 'scale-workload',
              tier: 2,
              risk: 'core-bank',
              target: 'component:default/payment-api',
              approvals: '1/2',
            },
          ],
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async query => {
        const { items, nextCursor, total } = await gate.list(
          { limit: defaultLimit, ...parseRequestQuery(query) },
          callOf(credentials),
        );
        return {
          ...compact({ more: nextCursor }),
          count: total,
          requests: items.map(tellRow),
        };
      }),
  });
