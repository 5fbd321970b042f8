import type {
  ApprovalRequirement,
  Assessment,
  Doubt,
  HeldLimit,
  MatchedRule,
  RiskLevel,
} from '../../governance/assessment';

/** A reason to be strict, and the rule that gave it. */
export interface Ground {
  rule: string;
  reason: string;
}

/** What one way to look at a request makes of it. */
export interface Judgement {
  risk: { name: string; title: string; level: RiskLevel };
  rules: MatchedRule[];
  doubts: Doubt[];
  limits: HeldLimit[];
  refusals: (Ground & { hint: string })[];
  manual: (Ground & NonNullable<Assessment['manual']>)[];
  /** Why people review it; what policy says in so many words comes first. */
  reviews: Ground[];
  /** Why it may run by itself, if nothing else stands against it. */
  allowed: Ground | undefined;
  approval: ApprovalRequirement;
  soakMs: number;
  autoRollback: boolean;
}
