import type {
  AnchorFinding,
  AnchorFindingKind,
} from '../../governance/anchors';

/** What each finding means, and what to do. */
const advice: Record<AnchorFindingKind, string> = {
  malformed:
    'Somebody or something else than the gate wrote there, or the file was damaged. Find out who can write it; the other checkpoints count all the same.',
  forged:
    'Somebody without the private key made or changed this checkpoint. It counts for nothing; find out who can write where checkpoints are kept.',
  'unknown-key':
    'None of the public keys that were given signed it. If keys were rotated, give the earlier ones too; if not, somebody signs with a key of their own.',
  gap: 'Checkpoints were taken out, or are still on their way. Compare with another sink, and find out who can write this one.',
  'out-of-order':
    'The gate writes checkpoints in their order: somebody rearranged them. Find out who can write where they are kept.',
  fork: 'An earlier copy of the database was put back and went on from there, or two portals sign with one key. What was recorded between the copy and its return is lost from the database; find out who restored it, and keep these checkpoints as the evidence.',
  'other-database':
    'The checkpoints vouch for the trail of another database: it was replaced, or the wrong file was given.',
  rewritten:
    'The trail was written anew, with hashes that fit each other. Do not trust any entry from there on; compare with an export or a backup of before, and find out who had all rights on the database.',
  truncated:
    'The end of the trail was cut off, or an earlier copy of the database was put back. What is missing was there: look for it in exports, in backups and in what Backstage’s auditor was told. An export that was taken before that checkpoint ends earlier, too.',
  stale:
    'The gate signs nothing any more, or nothing gets out. Look at the Audit page and at the log: what is written meanwhile can be changed without a trace.',
};

/**
 * A finding with its advice.
 *
 * @public
 */
export function anchorFinding(
  finding: Omit<AnchorFinding, 'advice'>,
): AnchorFinding {
  return { ...finding, advice: advice[finding.kind] };
}

/** A time, for messages. */
export function timeOf(at: number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? String(at) : time.toISOString();
}
