import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  gatePolicyReadPermission,
  type OperationDescription,
} from '@causeway/backstage-plugin-causeway-common';
import { parseSubmission } from '../governance/parseSubmission';
import { answering } from './answering';
import { tellReceipt } from './gateAnswers';
import { receipt } from './gateSchemas';
import type { GateFace } from './registerGateActions';
import { fieldsOf } from './toActionSchema';

/** Names that every such action has beside the operation's own. */
const ownFields = ['target', 'reason', 'idempotencyKey'];

/** Registers an action that asks for one operation, for templates and the CLI. */
export function createOperationAction(
  registry: ActionsRegistryService,
  { gate, callOf }: GateFace,
  operation: OperationDescription,
): void {
  const { name, title, description, inputSchema, examples } = operation;
  const properties = Object.keys((inputSchema.properties ?? {}) as JsonObject);
  const taken = ownFields.find(field => properties.includes(field));
  if (taken) {
    throw new ConflictError(
      `causeway.gate.actions names ${name}, whose input has a field ${taken} of its own, so it cannot have an action; ask for it through request-operation`,
    );
  }
  registry.register({
    name,
    title,
    description: `${description}. Asks the gate, where policy decides: it runs, or waits for people; answers at once with id, state and who decides.`,
    attributes: { readOnly: false, idempotent: false, destructive: true },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z
          .object({
            target: z.string().describe('component:default/payment-api'),
            reason: z.string().describe('Why, for whoever approves'),
            idempotencyKey: z
              .string()
              .optional()
              .describe('Same key, same request'),
            ...fieldsOf(z, inputSchema),
          })
          .strict(),
      output: receipt,
    },
    examples: examples.map(example => ({
      title: example.title,
      input: {
        target: example.target,
        reason: 'The queue grows',
        ...example.input,
      } as never,
      output: {
        id: '01JD',
        state: 'pending',
        tier: 2,
        decidedBy: 'policy/default',
        why: 'Whatever writes needs approval',
        link: '/causeway/approvals/01JD',
      },
    })),
    action: ({ input, credentials }) =>
      answering(input as Record<string, unknown>, async given => {
        const { target, reason, idempotencyKey, ...own } = given;
        return tellReceipt(
          await gate.submit(
            parseSubmission({
              operation: name,
              target,
              reason,
              input: own,
              ...(idempotencyKey !== undefined && { idempotencyKey }),
            }),
            callOf(credentials),
          ),
        );
      }),
  });
}
