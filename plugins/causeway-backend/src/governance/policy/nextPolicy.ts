import { comparePolicies } from '@causeway/backstage-plugin-causeway-common/policy';
import { builtInOrigin } from './builtIn';
import type { ActivePolicy, NamedPolicy, PolicyRow } from './PolicyStore';

/** What a replica has in its files. */
export type Candidate =
  | {
      policy: NamedPolicy;
      /** Whether it was just read for the first time: at start, or after a change. */
      fresh: boolean;
    }
  | { invalid: string };

/**
 * What the row becomes, seen from one replica; undefined where it stays. A pure
 * rule, so that replicas with different files can be played through:
 *
 * - The first policy, and one that is shown to be tighter, holds at once.
 * - A looser or older one is announced, and holds after a delay, as long as a
 *   replica still has it in its files then.
 * - One that cannot be read stops tier 1 until somebody reads one that can be.
 * - Files that do not change never bring back what somebody else replaced:
 *   otherwise two replicas with two files would take turns.
 */
export function nextPolicy(options: {
  row: ActivePolicy | undefined;
  candidate: Candidate;
  /** Whether the candidate was in force at some time before. */
  older: boolean;
  now: number;
  /** Milliseconds before a looser one holds. */
  delay: number;
  /** Milliseconds without a replica that has it, after which an announcement is dropped. */
  patience: number;
}): PolicyRow | undefined {
  const { row, candidate, now } = options;
  if ('invalid' in candidate) {
    return row && row.invalid?.message !== candidate.invalid
      ? {
          ...row,
          invalid: {
            message: candidate.invalid,
            at: row.invalid?.at ?? now,
          },
        }
      : undefined;
  }
  const { policy } = candidate;
  if (!row) {
    return { ...policy, since: now };
  }
  return candidate.fresh
    ? adopt(row, policy, options)
    : wait(row, policy, options);
}

type Setting = Omit<Parameters<typeof nextPolicy>[0], 'row' | 'candidate'>;

function adopt(
  row: ActivePolicy,
  policy: NamedPolicy,
  { now, delay, older }: Setting,
): PolicyRow | undefined {
  const mended = { ...row, invalid: undefined };
  if (policy.hash === row.hash) {
    // Somebody put back what is in force: whatever was announced is off.
    return row.invalid || row.announced
      ? { ...mended, announced: undefined }
      : undefined;
  }
  const change = comparePolicies(row.document, policy.document);
  const atOnce =
    delay === 0 ||
    row.origin === builtInOrigin ||
    (!older && change !== 'looser');
  if (atOnce) {
    return { ...policy, since: now };
  }
  return row.announced?.hash === policy.hash
    ? { ...mended, announced: { ...row.announced, seen: now } }
    : {
        ...mended,
        announced: { ...policy, from: now + delay, seen: now },
      };
}

/** What time does to an announcement. */
function wait(
  row: ActivePolicy,
  policy: NamedPolicy,
  { now, patience }: Setting,
): PolicyRow | undefined {
  const { announced } = row;
  if (!announced) {
    return undefined;
  }
  if (now >= announced.from) {
    const { hash, origin, document } = announced;
    const held = policy.hash === hash || now - announced.seen <= patience;
    return held
      ? { hash, origin, document, since: now, invalid: row.invalid }
      : { ...row, announced: undefined };
  }
  // Seldom enough that the row does not change with every look.
  return policy.hash === announced.hash && now - announced.seen > patience / 3
    ? { ...row, announced: { ...announced, seen: now } }
    : undefined;
}
