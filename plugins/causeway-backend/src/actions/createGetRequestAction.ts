import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { answering } from './answering';
import { tellRequest } from './gateAnswers';
import { request } from './gateSchemas';
import type { CreateGateAction } from './registerGateActions';

/** Registers `get-request`. */
export const createGetRequestAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'get-request',
    title: 'Get request',
    description: 'Where a request stands, who can decide, what came of it',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z => z.object({ id: z.string() }).strict(),
      output: request,
    },
    examples: [
      {
        title: 'Has it been approved?',
        input: { id: '01JD' },
        output: {
          id: '01JD',
          state: 'pending',
          operation: 'scale-workload',
          tier: 2,
          risk: 'core-bank',
          why: 'Two people approve what changes the core bank',
          target: 'component:default/payment-api',
          missing: '1 more, from group:default/security',
          deciders: ['payments', 'security'],
          link: '/causeway/approvals/01JD',
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async ({ id }) =>
        tellRequest(await gate.get(id, callOf(credentials))),
      ),
  });
