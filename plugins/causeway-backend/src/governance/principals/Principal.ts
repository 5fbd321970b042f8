import {
  agentKeyOf,
  type Entrance,
} from '@causeway/backstage-plugin-causeway-common';

/**
 * A person, with whatever came between: an entrance's plugin that acts for the
 * person makes it an agent, as far as anybody can tell (DECISIONS 1 to 3).
 */
export interface UserPrincipal {
  kind: 'user';
  /** Full entity reference in lower case. */
  ref: string;
  /** `plugin:mcp-actions`. Who has one never votes. */
  actor?: string;
  /** `interactive` where the token says that it came from a sign-in in the portal. */
  session: 'interactive' | 'unknown';
}

/** A service subject that configuration names, with what it may ask for. */
export interface SubjectPrincipal {
  kind: 'subject';
  /** `subject:<name>`. */
  ref: string;
  /** Names of operations. */
  operations: readonly string[];
  environments: readonly string[];
  /** Group or user that answers for it. */
  accountable: string;
}

/** Anything else that got through authentication: it may read what permissions let it, and write nothing. */
export interface OtherPrincipal {
  kind: 'other';
  /** `plugin:catalog`, `external:…`. */
  ref: string;
  /** Why it may not write, and how to do it right. */
  refusal: string;
}

/** Who calls, as the gate tells callers apart: by credential, never by what they say. */
export type Principal = UserPrincipal | SubjectPrincipal | OtherPrincipal;

/** Who calls, and through which door. */
export interface Caller {
  principal: Principal;
  entrance: Entrance;
}

/** Key of rate limits, quotas and records: the subject, or the user with its actor (DECISIONS 2). */
export function agentKey(principal: Principal): string | undefined {
  return principal.kind === 'other' ? undefined : agentKeyOf(principal);
}
