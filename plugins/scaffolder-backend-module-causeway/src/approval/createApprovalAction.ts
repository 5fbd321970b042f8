import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { askAndFollow, type GateAccess } from '../gate/askAndFollow';
import { idempotencyKeyOf } from '../gate/idempotencyKey';
import { startedBy } from '../gate/startedBy';
import { readWait } from '../gate/waiting';
import { approvalExamples } from './createApprovalAction.examples';
import { describeRemaining, type TaskSpec } from './describeRemaining';

/** What the step needs besides the gate. */
export interface ApprovalAccess extends GateAccess {
  /** The task as the scaffolder keeps it. */
  readTask(id: string): Promise<TaskSpec>;
}

/** `causeway:approval`: holds a template until people approve what it will do. */
export const createApprovalAction = (access: ApprovalAccess) =>
  createTemplateAction({
    id: 'causeway:approval',
    description:
      "Holds a template until people approve it at Causeway's gate. They approve this task, with its parameters and the steps that are left. Put it before any step that writes into the workspace: a task that ends as waiting for approval goes on with Retry, and its workspace is empty then.",
    examples: approvalExamples,
    supportsDryRun: true,
    schema: {
      input: {
        reason: z =>
          z.string({ description: 'Why, for those who decide' }).min(1),
        binds: z =>
          z
            .record(z.any(), {
              description:
                'What the template will do, with rendered values: shown to those who decide, and bound by what they approve',
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
        decidedBy: z => z.string({ description: 'Who approved it' }),
        url: z => z.string({ description: 'Where people look at it' }),
      },
    },
    async handler(ctx) {
      const waitFor = readWait(ctx.input.waitUpTo);
      const { reason, binds, withdrawOnCancel = true } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(
          'Here the template waits until people approve it. Nobody is asked in a dry run',
        );
        ctx.output('requestId', 'dry-run');
        ctx.output('decidedBy', 'nobody');
        ctx.output('url', '');
        return;
      }
      const template = ctx.templateInfo?.entityRef;
      const { uid, etag } = (ctx.templateInfo?.entity?.metadata ?? {}) as {
        uid?: string;
        etag?: string;
      };
      const stepId = ctx.step?.id;
      if (!template || !uid || !etag || !stepId) {
        throw new InputError(
          'An approval binds a template of the catalog, and this task runs none: start it from the catalog',
        );
      }
      const remaining = describeRemaining(
        await access.readTask(ctx.task.id),
        stepId,
        binds,
      );
      if (!remaining) {
        throw new NotFoundError(
          `Task ${ctx.task.id} has no step ${stepId}: start the template anew`,
        );
      }
      const input: JsonObject = {
        uid,
        etag,
        task: ctx.task.id,
        step: stepId,
        digest: remaining.digest,
        remaining: remaining.steps,
        ...(binds && { binds }),
      };
      const asked = {
        operation: 'run-template',
        target: template,
        input,
        reason,
      };
      const progress = await askAndFollow(access, ctx, {
        submission: {
          ...asked,
          agentName: startedBy(await ctx.getInitiatorCredentials(), template),
          idempotencyKey: idempotencyKeyOf(
            { taskId: ctx.task.id, stepId },
            asked,
          ),
        },
        waitFor,
        // It was claimed, which spends the approval; nothing has to settle.
        goesOn: ({ state }) => state === 'verifying' || state === 'succeeded',
        withdrawOnCancel,
      });
      ctx.logger.info(`Approved by ${progress.decidedBy}`);
      ctx.output('requestId', progress.id);
      ctx.output('decidedBy', progress.decidedBy ?? '');
      ctx.output('url', progress.link);
    },
  });
