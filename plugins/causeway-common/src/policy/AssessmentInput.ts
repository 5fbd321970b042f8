import type { JsonObject, JsonValue } from '@backstage/types';
import type { Doubt } from '../governance';

/**
 * Attributes of a target as one origin tells them.
 *
 * @public
 */
export interface TargetAttributes {
  owner?: string;
  environment?: string;
  /** Root group of the owner, where tenants are root groups; else the owner. */
  tenant?: string;
}

/**
 * All that policy may look at: read before, so that evaluation is pure. Every
 * text and list has been bounded. What is absent is not known.
 *
 * @public
 */
export interface AssessmentInput {
  /** CEL `request`. */
  request: {
    operation: string;
    version: string;
    class: string;
    capability: string;
    input: JsonObject;
    requester: {
      ref: string;
      kind: 'user' | 'subject';
      /** Whether something acts for the person: an agent, as far as anybody can tell. */
      agent: boolean;
      /** Groups of the person, from trusted sources; for a subject its accountable group. */
      groups: string[];
      /** How many other targets the same requester has changed without people in the time that the policy says. */
      spread: number;
    };
    entrance: string;
  };
  /** CEL `change`: what the plan says. */
  change: {
    /** Per hour; absent where it is not known. */
    cost?: number;
    currency: string;
    disruptive: boolean;
    reversible: boolean;
    dryRun: boolean;
    quantities: Record<
      string,
      {
        current: number;
        proposed: number;
        baseline?: number;
        /** proposed / baseline; absent without a baseline or where it is 0. */
        factor?: number;
      }
    >;
    paths: string[];
  };
  /** CEL `target`: values of origin `platform` only. */
  target: TargetAttributes & {
    entityRef: string;
    kind: string;
    type: string;
    name: string;
    source: string;
    /** Whether a GitOps controller manages what would be changed. */
    managed: boolean;
  };
  /** CEL `live` and `claimed`: the same attributes as others tell them; rules may only get stricter by them. */
  live: TargetAttributes;
  claimed: TargetAttributes;
  /** CEL `estate`: what is known around the target. */
  estate: {
    fresh: boolean;
    contested: boolean;
    health?: string;
    sync?: string;
    /** Entities that need the target, directly or not. */
    blastRadius: {
      total: number;
      environments: string[];
      owners: string[];
      complete: boolean;
    };
    /** Failed requests about the target in the last 24 hours. */
    recentFailures: number;
    /** Facts of the target by name, of origin `platform` and `live`. */
    facts: Record<string, JsonValue>;
  };
  /** CEL `agent`: absent where no agent asks. */
  agent?: {
    id: string;
    /** Whether configuration names it. */
    registered: boolean;
    /** 0 to 1, as it says. */
    confidence?: number;
    record: { right: number; of: number; lowerBound?: number };
    /** Parts of the decision record that are not there. */
    missing: string[];
  };
  /** CEL `budget`: what is reserved and spent, per hour and by limit. */
  budget: Record<string, { spent: number }>;
  /** CEL `time`. */
  time: {
    /** Epoch milliseconds, database time. */
    now: number;
  };
  /** Doubts that arose while all this was gathered. */
  doubts: Doubt[];
}
