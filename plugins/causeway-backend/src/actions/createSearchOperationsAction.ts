import { gatePolicyReadPermission } from '@causeway/backstage-plugin-causeway-common';
import { parseRef } from '../governance/parseSubmission';
import { answering } from './answering';
import type { CreateGateAction } from './registerGateActions';

/** Of so many operations the input is told. */
const mostInputs = 5;

/** Registers `search-operations`. */
export const createSearchOperationsAction: CreateGateAction = (
  registry,
  { gate, callOf },
) =>
  registry.register({
    name: 'search-operations',
    title: 'Search operations',
    description: 'What can be asked for, with the schema of input.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: gatePolicyReadPermission,
    schema: {
      input: z =>
        z
          .object({
            text: z.string().optional(),
            target: z.string().optional(),
          })
          .strict(),
      output: z =>
        z.object({
          operations: z.array(
            z.object({
              name: z.string(),
              description: z.string(),
              targetTypes: z.array(z.string()),
              effects: z.array(z.string()),
              reversible: z.boolean(),
              input: z.record(z.unknown()).optional(),
            }),
          ),
          hint: z.string().optional(),
        }),
    },
    examples: [
      {
        title: 'What can be done about payment-api?',
        input: { target: 'component:default/payment-api' },
        output: {
          operations: [
            {
              name: 'scale-workload',
              description: 'Sets the number of replicas of a workload',
              targetTypes: ['kubernetes-workload', 'service'],
              effects: ['Starts or stops pods'],
              reversible: true,
              input: {
                type: 'object',
                properties: { replicas: { type: 'integer' } },
                required: ['replicas'],
              },
            },
          ],
        },
      },
    ],
    action: ({ input, credentials }) =>
      answering(input, async ({ text, target }) => {
        const all = await gate.operations(callOf(credentials), {
          target: target && parseRef(target, 'target'),
        });
        const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
        const found = all.filter(one => {
          const said =
            `${one.name} ${one.title} ${one.description} ${one.capability}`.toLowerCase();
          return words.every(word => said.includes(word));
        });
        const withInput = found.length <= mostInputs;
        return {
          operations: found.map(one => ({
            name: one.name,
            description: one.description,
            targetTypes: [...one.targetTypes],
            effects: [...one.effects],
            reversible: one.reversible,
            ...(withInput && { input: one.inputSchema }),
          })),
          ...(found.length === 0 && {
            hint: 'Nothing fits; leave text and target out to see all operations',
          }),
          ...(!withInput && {
            hint: `Narrow it to ${mostInputs} operations or fewer to see their input`,
          }),
        };
      }),
  });
