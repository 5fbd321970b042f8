import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { parseSubmission } from '../governance/parseSubmission';
import { answering } from './answering';
import { tellReceipt } from './gateAnswers';
import { asked, receipt, recommendation } from './gateSchemas';
import type { CreateGateAction } from './registerGateActions';

/** Registers `request-operation`. */
export const createRequestOperationAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'request-operation',
    title: 'Request operation',
    description:
      'Asks for an operation. Policy decides: it runs, or waits for people; answers at once. Evidence that recommendation lacks makes it stricter.',
    attributes: { readOnly: false, idempotent: true, destructive: true },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z
          .object({
            ...asked(z),
            target: z.string().describe('component:default/payment-api'),
            recommendation: recommendation(z),
            idempotencyKey: z.string().describe('Same key, same request'),
            agentName: z.string().optional(),
          })
          .strict(),
      output: receipt,
    },
    examples: [
      {
        title: 'Six replicas for payment-api',
        input: {
          operation: 'scale-workload',
          target: 'component:default/payment-api',
          input: { replicas: 6 },
          reason: 'p99 went from 120 ms to 900 ms',
          recommendation: {
            observed: [
              { name: 'p99', value: 900, unit: 'ms', window: 'PT15M' },
            ],
            decided: [{ path: 'spec.replicas', current: 3, proposed: 6 }],
            confidence: 0.9,
          },
          idempotencyKey: 'incident-4711-scale',
        },
        output: {
          id: '01JD',
          state: 'pending',
          tier: 2,
          decidedBy: 'policy/riskTiers/core-bank',
          why: 'Two people approve what changes the core bank',
          link: '/causeway/approvals/01JD',
          deciders: ['payments', 'security'],
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async submission =>
        tellReceipt(
          await gate.submit(parseSubmission(submission), callOf(credentials)),
        ),
      ),
  });
