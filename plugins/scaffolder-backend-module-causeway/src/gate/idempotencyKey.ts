import { createHash } from 'node:crypto';

const longestKey = 200;

/**
 * The key by which a step finds its request again, after a restart and with
 * Retry. The scaffolder tells an action of its task and step, and not in which
 * round of `each` it is: what is asked for tells the rounds apart, so that two
 * rounds that ask for the very same get one request.
 */
export function idempotencyKeyOf(
  step: { taskId: string; stepId: string | undefined },
  asked: object,
): string {
  const hash = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const key = `template/${step.taskId}/${step.stepId ?? 'step'}/${hash}`;
  return key.length <= longestKey && /^[!-~]+$/.test(key)
    ? key
    : `template/${createHash('sha256').update(key).digest('hex')}`;
}
