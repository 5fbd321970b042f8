import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { askAndFollow, type GateAccess } from '../gate/askAndFollow';
import { idempotencyKeyOf } from '../gate/idempotencyKey';
import { startedBy } from '../gate/startedBy';
import { readWait } from '../gate/waiting';
import { requestExamples } from './createRequestAction.examples';
import { tryOut } from './tryOut';

/** `causeway:request`: asks the gate for an operation. */
export const createRequestAction = (access: GateAccess) =>
  createTemplateAction({
    id: 'causeway:request',
    description:
      "Asks Causeway's gate for an operation as the person who runs the template. Policy lets it run, puts it before people, or refuses it; a denial ends the template with what was said.",
    examples: requestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        operation: z =>
          z
            .string({ description: 'Name of the operation: scale-workload' })
            .min(1),
        target: z =>
          z
            .string({ description: 'Reference of the entity that it is about' })
            .min(1),
        input: z =>
          z
            .record(z.any(), { description: 'What the operation takes' })
            .optional(),
        reason: z =>
          z.string({ description: 'Why, for those who decide' }).min(1),
        wait: z =>
          z
            .boolean({
              description:
                'Whether the template goes on only once it is done. Defaults to true',
            })
            .optional(),
        waitUpTo: z =>
          z
            .object(
              {
                hours: z.number().optional(),
                minutes: z.number().optional(),
                seconds: z.number().optional(),
              },
              {
                description:
                  'How long the step waits before the task ends as waiting for approval: 10 minutes if nothing is said, an hour at most',
              },
            )
            .strict()
            .optional(),
        withdrawOnCancel: z =>
          z
            .boolean({
              description:
                'Whether canceling the task takes the request back. Defaults to true',
            })
            .optional(),
      },
      output: {
        requestId: z => z.string({ description: 'Id of the request' }),
        state: z => z.string({ description: 'What it is: succeeded, pending' }),
        tier: z =>
          z.number({
            description: '1: by rule; 2: reviewed by people; 3: done by people',
          }),
        url: z => z.string({ description: 'Where people look at it' }),
        outcome: z => z.string({ description: 'What came of it, in words' }),
      },
    },
    async handler(ctx) {
      const { operation, target, reason, wait = true } = ctx.input;
      const asked = {
        operation,
        target,
        input: (ctx.input.input ?? {}) as JsonObject,
        reason,
      };
      const waitFor = wait ? readWait(ctx.input.waitUpTo) : 0;
      if (ctx.isDryRun) {
        await tryOut(access.gate, ctx, asked);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const progress = await askAndFollow(access, ctx, {
        submission: {
          ...asked,
          agentName: startedBy(credentials, ctx.templateInfo?.entityRef),
          idempotencyKey: idempotencyKeyOf(
            { taskId: ctx.task.id, stepId: ctx.step?.id },
            asked,
          ),
        },
        waitFor,
        goesOn: ({ state }) => state === 'succeeded',
        withdrawOnCancel: ctx.input.withdrawOnCancel ?? true,
      });
      const outcome = progress.outcome ?? progress.why;
      ctx.logger.info(`It is ${progress.state}: ${outcome}`);
      ctx.output('requestId', progress.id);
      ctx.output('state', progress.state);
      ctx.output('tier', progress.tier);
      ctx.output('url', progress.link);
      ctx.output('outcome', outcome);
    },
  });
