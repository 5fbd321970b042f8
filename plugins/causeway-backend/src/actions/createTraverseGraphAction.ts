import { estateQuestionsAskPermission } from '@causeway/backstage-plugin-causeway-common';
import type { CreateQuestionAction } from './registerActions';
import { count, rowFields, whole } from './schemas';

/** Registers `traverse-graph`. */
export const createTraverseGraphAction: CreateQuestionAction = (
  registry,
  ask,
) =>
  registry.register({
    name: 'traverse-graph',
    title: 'Traverse graph',
    description:
      'Blast radius: what an entity reaches, counted by type, environment and owner, listed in groups with `via`, the relation that led there. backward: what needs it; forward: what it needs. kind, type: count and list only these.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: estateQuestionsAskPermission,
    schema: {
      input: z =>
        z
          .object({
            entity: z.string(),
            direction: z.enum(['forward', 'backward', 'both']).optional(),
            relations: z.string().optional().describe('dependsOn,deploys'),
            depth: whole(z, 1, 5),
            kind: z.string().optional(),
            type: z.string().optional(),
            limit: whole(z, 1, 500),
            cursor: z.string().optional(),
          })
          .strict(),
      output: z =>
        z.object({
          root: z.string(),
          ...count(z),
          by: z.record(z.record(z.number())).optional(),
          groups: z.array(
            z.object({
              depth: z.number(),
              via: z.string(),
              ...rowFields(z),
              refs: z.array(z.string()),
            }),
          ),
          more: z.string().optional(),
          hint: z.string().optional(),
        }),
    },
    examples: [
      {
        title: 'What breaks when payment-api does?',
        input: { entity: 'payment-api', direction: 'backward', depth: 3 },
        output: {
          root: 'component:default/payment-api',
          count: 1,
          by: { type: { 'component/service': 1 }, owner: { storefront: 1 } },
          groups: [
            {
              depth: 1,
              via: 'dependencyOf',
              type: 'service',
              owner: 'storefront',
              refs: ['component:default/checkout'],
            },
          ],
        },
      },
    ],
    action: async ({ input, credentials }) => ({
      output: await ask('traverse-graph', input, credentials),
    }),
  });
