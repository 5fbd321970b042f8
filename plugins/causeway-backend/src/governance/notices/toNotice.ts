import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  RequestState,
  RiskLevel,
} from '@causeway/backstage-plugin-causeway-common';

const words: Partial<
  Record<RequestState, { says: string; severity: 'high' | 'normal' | 'low' }>
> = {
  pending: { says: 'waits for a decision', severity: 'high' },
  manual: { says: 'is to be done by hand', severity: 'high' },
  unknown: { says: 'has an unknown outcome', severity: 'high' },
  failed: { says: 'failed', severity: 'high' },
  'rolled-back': { says: 'was rolled back', severity: 'high' },
  approved: { says: 'was approved', severity: 'low' },
  denied: { says: 'was denied', severity: 'normal' },
  expired: { says: 'expired', severity: 'normal' },
  lapsed: { says: 'was approved and did not run in time', severity: 'normal' },
  refused: { says: 'was refused', severity: 'normal' },
  withdrawn: { says: 'was withdrawn', severity: 'low' },
  succeeded: { says: 'succeeded', severity: 'low' },
};

const isLittle = (risk: RiskLevel | undefined) =>
  risk === 'medium' || risk === 'low';

/** A path of the portal; anything else could lead out of it. */
const portalPath = /^\/(?![/\\])[\w./?=&%-]*$/;

const reference = /^[\w-]+:[\w.-]+\/[\w.-]+$/;

/**
 * What people are told of a request: the operation, the target's reference and
 * where to look, never what its requester wrote (THREATS M6).
 *
 * @returns `undefined` for states that pass by themselves
 */
export function toNotice(request: {
  state: RequestState;
  /** How much is at stake; high where it is not said. */
  risk?: RiskLevel;
  operation: string;
  target: string;
  link: string;
}):
  | Pick<NotificationSendOptions['payload'], 'title' | 'link' | 'severity'>
  | undefined {
  const said = words[request.state];
  if (!said) {
    return undefined;
  }
  const target = reference.test(request.target) ? ` of ${request.target}` : '';
  return {
    title: `${request.operation}${target} ${said.says}`,
    link: portalPath.test(request.link) ? request.link : undefined,
    severity:
      request.state === 'pending' && isLittle(request.risk)
        ? 'normal'
        : said.severity,
  };
}
