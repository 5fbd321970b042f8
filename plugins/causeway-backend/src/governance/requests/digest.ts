import { hashCanonical } from '../hashCanonical';
import type { StoredRequest } from './StoredRequest';

/**
 * What of a request is approved, and so must be what runs (THREATS C3). Every
 * field stands in one of the two lists: one that is forgotten does not compile.
 */
const digested = {
  id: true,
  operation: true,
  input: true,
  requester: true,
  binding: true,
  decideBy: true,
} as const;

/**
 * What may change without a new vote: where the request stands, and what it
 * was judged by. Of the judgement, tier, risk and approval rule are digested
 * by themselves, of the plan what it changes and how that is undone (its
 * warnings tell of the moment); of the target, what decides is in the binding.
 */
const free = {
  plan: true,
  state: true,
  stateReason: true,
  revision: true,
  target: true,
  reason: true,
  recommendation: true,
  discrepancies: true,
  assessment: true,
  cost: true,
  blastRadius: true,
  digest: true,
  approval: true,
  createdAt: true,
  updatedAt: true,
  approvedAt: true,
  executeBy: true,
  finishedAt: true,
  decidedBy: true,
  agentKey: true,
  requesterGroups: true,
  deciders: true,
  escalateAt: true,
} as const;

type Digested = keyof typeof digested;
type Listed = Digested | keyof typeof free;
type Forgotten = Exclude<keyof StoredRequest, Listed>;
const nothingForgotten: [Forgotten] extends [never] ? true : Forgotten = true;

/** What a digest is made of. */
export type DigestedRequest = Pick<
  StoredRequest,
  Digested | 'assessment' | 'approval' | 'reason' | 'plan'
>;

/** SHA-256, hex, over the RFC 8785 form of everything that is approved. */
export function digestOf(request: DigestedRequest): string {
  if (!nothingForgotten) {
    throw new Error('A field of a request is neither digested nor free');
  }
  const { assessment, approval, reason, plan } = request;
  const parts = Object.fromEntries(
    (Object.keys(digested) as Digested[]).map(name => [name, request[name]]),
  );
  const { escalation: _later, ...rule } = approval;
  return hashCanonical({
    ...parts,
    plan: plan && {
      summary: plan.summary,
      changes: plan.changes,
      disruptive: plan.disruptive,
      rollback: plan.rollback,
      bound: plan.bound,
    },
    // The words that voters were convinced by.
    reason,
    tier: assessment.tier,
    risk: assessment.risk,
    verification: assessment.verification,
    approval: rule,
  });
}
