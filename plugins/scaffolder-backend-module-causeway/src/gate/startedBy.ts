import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

const longest = 100;

/**
 * What a request says of the template that made it: its reference, and what
 * started it on somebody's behalf. One level of that is all that Backstage
 * keeps, and between the scaffolder and the gate it would be gone.
 *
 * @throws NotAllowedError where no person started it
 */
export function startedBy(
  { principal }: BackstageCredentials,
  templateRef: string | undefined,
): string {
  const { type, actor } = principal as {
    type?: string;
    actor?: { subject: string };
  };
  if (type !== 'user') {
    throw new NotAllowedError(
      'Templates ask the gate as the person who started them, and no person started this one. Start it with the token of a person',
    );
  }
  const template = templateRef ?? 'a template';
  return (actor ? `${template}, by ${actor.subject}` : template).slice(
    0,
    longest,
  );
}
