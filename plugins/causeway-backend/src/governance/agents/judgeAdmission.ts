import type { AgentLimits } from './AgentLimits';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

/** Why somebody may not ask now, and what to do. */
export interface AdmissionRefusal {
  code:
    | 'halted'
    | 'repetition'
    | 'rate-limit'
    | 'cool-down'
    | 'open-requests'
    | 'open-per-target';
  reason: string;
  hint: string;
  /** Milliseconds after which it is worth trying again, where waiting helps. */
  retryAfter?: number;
}

/** Calls within the last minute. */
export interface Rate {
  calls: number;
  /** Epoch milliseconds of the one after whose minute there is room again; absent where there is room. */
  oldest?: number;
}

/** What is known of whoever asks when it asks. */
export interface AdmissionFacts {
  key: string;
  operation: string;
  target: string;
  /** Epoch milliseconds. */
  at: number;
  /** Without this one. */
  lastMinute: Rate;
  /** Calls of the same content within the time of the limit, with this one. */
  same: number;
  /** The last denial of the same operation and target. */
  denial?: { requestId: string; at: number };
  openByKey: number;
  openByTarget: number;
  /** Whether a person of the group that owns the target asks. */
  ownsTarget: boolean;
}

/** A minute, in milliseconds. */
export const minute = 60_000;

const verb = (count: number) => (count === 1 ? 'is' : 'are');

const areOpen = (count: number, about = '') =>
  `${countOf(count, 'request')}${about} ${verb(count)} open already`;

const allowed = (count: number) => `${count} ${verb(count)} allowed`;

/** How long a call has to wait so that at most so many were made within a minute. */
export function judgeRate(options: {
  lastMinute: Rate;
  at: number;
  perMinute: number;
  /** One of what is counted: `request`. */
  what: string;
}): AdmissionRefusal | undefined {
  const { lastMinute, at, perMinute, what } = options;
  const { calls, oldest = at } = lastMinute;
  if (calls < perMinute) {
    return undefined;
  }
  return {
    code: 'rate-limit',
    reason: `${countOf(calls, what)} within a minute, and ${allowed(perMinute)}`,
    hint: 'Ask for less, and wait in between.',
    ...(perMinute > 0 && { retryAfter: Math.max(1, oldest + minute - at) }),
  };
}

/**
 * Whether somebody may ask now. A rate that is exceeded comes first: it keeps
 * whatever floods from costing more than a look.
 */
export function judgeAdmission(
  facts: AdmissionFacts,
  limits: AgentLimits,
): AdmissionRefusal | undefined {
  const { at, denial } = facts;
  if (facts.same >= limits.repetition.count) {
    return {
      code: 'repetition',
      reason: `The same was asked for ${countOf(facts.same, 'time')} within ${inWords(limits.repetition.withinMs)}: ${facts.key} is halted until a person resumes it`,
      hint: 'Find out why it goes round in circles, then have it resumed.',
    };
  }
  if (denial && at < denial.at + limits.coolDownMs) {
    return {
      code: 'cool-down',
      reason: `Request ${denial.requestId} for ${facts.operation} on ${facts.target} was denied ${inWords(at - denial.at)} ago`,
      hint: 'Read why it was denied. Asking again with another input changes nothing before the time is over.',
      retryAfter: denial.at + limits.coolDownMs - at,
    };
  }
  if (facts.openByKey >= limits.openRequests) {
    return {
      code: 'open-requests',
      reason: `${areOpen(facts.openByKey)}, and ${allowed(limits.openRequests)}`,
      hint: 'Wait until some are decided, or withdraw those that are not needed any more.',
    };
  }
  // Whoever owns it can deny what is in the way, and need not.
  if (!facts.ownsTarget && facts.openByTarget >= limits.openPerTarget) {
    return {
      code: 'open-per-target',
      reason: `${areOpen(facts.openByTarget, ` about ${facts.target}`)}, and ${allowed(limits.openPerTarget)}`,
      hint: 'Wait until it is decided: who owns the target can approve or deny it. Approvals shows it, by target.',
    };
  }
  return undefined;
}

/** A duration for people: `5 minutes`. */
export function inWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) {
    return countOf(seconds, 'second');
  }
  return seconds < 7200
    ? countOf(Math.round(seconds / 60), 'minute')
    : countOf(Math.round(seconds / 3600), 'hour');
}
