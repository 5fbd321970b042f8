import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { parseSubmission } from '../governance/parseSubmission';
import { answering } from './answering';
import { tellPreview } from './gateAnswers';
import { asked, preview } from './gateSchemas';
import type { CreateGateAction } from './registerGateActions';

/** Registers `assess-request`. */
export const createAssessRequestAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'assess-request',
    title: 'Assess request',
    description: 'What request-operation would do; stores nothing',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z
          .object({
            ...asked(z),
            recommendation: z.record(z.unknown()).optional(),
            agentName: z.string().optional(),
          })
          .strict(),
      output: preview,
    },
    examples: [
      {
        title: 'May payment-api have six replicas?',
        input: {
          operation: 'scale-workload',
          target: 'component:default/payment-api',
          input: { replicas: 6 },
          reason: 'p99 went from 120 ms to 900 ms',
        },
        output: {
          outcome: 'review',
          tier: 2,
          risk: 'core-bank',
          decidedBy: 'policy/riskTiers/core-bank',
          why: 'Two people approve what changes the core bank',
          approvals: 2,
          deciders: ['payments', 'security'],
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async submission =>
        tellPreview(
          await gate.assess(parseSubmission(submission), callOf(credentials)),
        ),
      ),
  });
