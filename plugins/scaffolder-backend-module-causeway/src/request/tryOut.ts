import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type {
  AssessmentOutcome,
  RequestState,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateClient } from '../gate/GateClient';

/** What would become of a request by what policy says of it. */
const stateOf: Record<AssessmentOutcome, RequestState> = {
  run: 'succeeded',
  review: 'pending',
  manual: 'manual',
  refuse: 'refused',
};

/**
 * The dry run of a step: asks what would become of the request, and leaves
 * nothing behind.
 *
 * @throws NotAllowedError where it would be refused
 */
export async function tryOut(
  gate: Pick<GateClient, 'assess'>,
  ctx: {
    logger: LoggerService;
    getInitiatorCredentials(): Promise<BackstageCredentials>;
    output(name: never, value: never): void;
  },
  submission: RequestSubmission,
): Promise<void> {
  const { assessment, plan } = await gate.assess(
    submission,
    await ctx.getInitiatorCredentials(),
  );
  const { outcome, tier, decidedBy, summary, approval } = assessment;
  ctx.logger.info(
    `Nothing is asked for in a dry run. ${plan?.summary ?? submission.operation}: ${stateOf[outcome]} (tier ${tier}, ${decidedBy}): ${summary}`,
  );
  if (outcome === 'refuse') {
    throw new NotAllowedError(`It would be refused: ${summary}`);
  }
  if (outcome === 'review') {
    ctx.logger.info(
      `${approval.count} of ${approval.approvers.join(', ')} would decide`,
    );
  }
  const output = ctx.output as (name: string, value: JsonValue) => void;
  output('requestId', 'dry-run');
  output('state', stateOf[outcome]);
  output('tier', tier);
  output('url', '');
  output('outcome', summary);
}
