import { NotAllowedError } from '@backstage/errors';
import type { MayAsk } from '../Gate';
import type { Asked, Prepared } from './Preparation';

/** Holds what is asked against the caller's permission; its tier is known only once it was assessed. */
export async function requireMayAsk(
  mayAsk: MayAsk,
  { operation, requester }: Asked,
  { target, assessment }: Prepared,
): Promise<void> {
  const allowed = await mayAsk({
    owner: target.owner,
    environment: target.environment,
    operation: operation.name,
    tier: assessment.tier,
    requester: requester.ref,
  });
  if (!allowed) {
    throw new NotAllowedError(
      `You may not ask for ${operation.name} on ${target.entityRef}: the permission causeway.request.create does not reach it`,
    );
  }
}
