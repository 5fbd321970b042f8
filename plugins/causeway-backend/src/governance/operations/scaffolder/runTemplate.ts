import type { JsonValue } from '@backstage/types';
import type { PlannedChange } from '@causeway/backstage-plugin-causeway-common';
import {
  createOperation,
  OperationRefusal,
  type Operation,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { countOf } from '@causeway/backstage-plugin-causeway-common';
import { z } from 'zod';
import { hashCanonical } from '../../hashCanonical';
import type { OperationParts } from '../shared/OperationParts';
import { noCost } from '../shared/price';
import { runTemplateExamples } from './runTemplate.examples';

const word = (longest: number) => z.string().min(1).max(longest);

const inputSchema = z.strictObject({
  uid: word(64).describe('Uid of the template in the catalog'),
  etag: word(200).describe('Etag of the template that the task runs'),
  task: word(64).describe('Id of the task that waits'),
  step: word(200).describe('Id of the step that waits'),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')
    .describe(
      'SHA-256, hex, of the parameters of the task and of the steps that are left',
    ),
  remaining: z
    .array(
      z.strictObject({
        id: word(200),
        name: word(300).optional(),
        action: word(200),
      }),
    )
    .max(100)
    .describe('The steps that are left, in order'),
  binds: z
    .record(word(200), z.unknown())
    .optional()
    .describe('What the template says it will do, with rendered values'),
});

type Input = z.infer<typeof inputSchema>;

const toBound = ({ binds = {} }: Input): PlannedChange[] =>
  Object.entries(binds).map(([label, after]) => ({
    path: `binds.${label}`,
    label,
    after: after as JsonValue,
  }));

const toSteps = ({ remaining }: Input): PlannedChange[] =>
  remaining.map(({ id, name, action }) => ({
    path: `steps.${id}`,
    label: name ?? id,
    after: action,
  }));

/**
 * Lets a template go on that waits for people. It writes nothing: what it lets
 * happen is what the template's own steps do, and they ask the gate again for
 * what is governed.
 */
export function createRunTemplate({
  prices,
}: Pick<OperationParts, 'prices'>): Operation {
  return createOperation({
    name: 'run-template',
    version: '1',
    title: 'Let a template go on',
    description:
      'Lets a task of a template go on that waits for people. What is approved is this task, with its parameters and the steps that are left, of this version of the template.',
    class: 'application',
    capability: 'golden-paths',
    targetTypes: ['template'],
    effects: ['Lets the remaining steps of a template run'],
    idempotent: true,
    input: inputSchema,
    examples: runTemplateExamples,

    bind: async ({ target, input }) => {
      requireSameTemplate(target, input);
      return {
        source: target.source,
        sourceKind: 'scaffolder',
        address: 'catalog',
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: target.kind,
        namespace: target.namespace,
        name: target.name,
        uid: input.uid,
        fieldsHash: hashCanonical({ etag: input.etag }),
      };
    },

    plan: async ({ input, target }) => {
      requireSameTemplate(target, input);
      return {
        summary: `Let a task of ${target.title} go on with ${countOf(input.remaining.length, 'step')}`,
        changes: [...toBound(input), ...toSteps(input)],
        quantities: [],
        warnings: input.binds
          ? []
          : [
              'The template does not say in values what it will do: its steps and parameters alone tell',
            ],
        disruptive: false,
        managedByGit: false,
        dryRun: {
          done: false,
          why: 'The steps of a template are not tried out here',
        },
        bound: { task: input.task, step: input.step, digest: input.digest },
      };
    },

    estimate: async () => noCost(prices),

    execute: async ({ input }) => ({
      message: `Task ${input.task} may go on from step ${input.step}`,
      left: {},
    }),

    verify: async ({ input }) => ({
      state: 'healthy',
      message: `Task ${input.task} may go on from step ${input.step}`,
    }),
  });
}

/** @throws OperationRefusal for a template that was changed since the task began, or made anew */
function requireSameTemplate(
  { observed, entityRef }: OperationTarget,
  { uid, etag }: Pick<Input, 'uid' | 'etag'>,
): void {
  if (observed.uid !== uid || observed.etag !== etag) {
    throw new OperationRefusal({
      code: 'template-changed',
      reason: `${entityRef} is no longer what the task runs: it was changed since the task began`,
      hint: 'Start the template anew: the task would go on with the older one.',
    });
  }
}
