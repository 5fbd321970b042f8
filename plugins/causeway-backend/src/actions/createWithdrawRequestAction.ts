import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { commentSchema } from '../governance/input/bodies';
import { parseWith } from '../governance/parseSubmission';
import { answering } from './answering';
import { tellRequest } from './gateAnswers';
import { request } from './gateSchemas';
import type { CreateGateAction } from './registerGateActions';

/** Registers `withdraw-request`. */
export const createWithdrawRequestAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'withdraw-request',
    title: 'Withdraw request',
    description: 'Takes back what was asked for, until it runs',
    attributes: { readOnly: false, idempotent: true, destructive: false },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z.object({ id: z.string(), comment: z.string().optional() }).strict(),
      output: request,
    },
    examples: [
      {
        title: 'It got better by itself',
        input: { id: '01JD', comment: 'The queue is empty again' },
        output: {
          id: '01JD',
          state: 'withdrawn',
          operation: 'scale-workload',
          tier: 2,
          risk: 'core-bank',
          why: 'Two people approve what changes the core bank',
          link: '/causeway/approvals/01JD',
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async ({ id, comment }) => {
        const parsed = parseWith(commentSchema, { comment });
        return tellRequest(
          await gate.withdraw(id, parsed.comment, callOf(credentials)),
        );
      }),
  });
