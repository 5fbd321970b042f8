import type { AnchorFinding, AnchorReport } from '../../governance/anchors';
import type { ChainBreak } from '../ChainVerifier';
import { anchorFinding } from './findings';
import type { Anchors } from './readAnchors';

/**
 * Adds to a trail that was verified with {@link Anchors.heads} what the
 * checkpoints say: what is wrong with themselves, and what they show about it.
 * It is whole only where nothing is wrong with either.
 *
 * @param database - id of the trail's database; absent where it does not tell
 *
 * @public
 */
export function judgeByAnchors<
  T extends { whole: boolean; broken?: ChainBreak },
>(
  trail: T,
  anchors: Pick<Anchors, 'report' | 'database'>,
  database: string | undefined,
): T & { anchors: AnchorReport } {
  const { report } = anchors;
  const findings = [
    ...report.findings,
    ...otherDatabase(anchors.database, database),
    ...shownByAnchor(trail.broken),
  ];
  return {
    ...trail,
    whole: trail.whole && findings.length === 0,
    anchors: { ...report, findings },
  };
}

function otherDatabase(
  vouched: string | undefined,
  actual: string | undefined,
): AnchorFinding[] {
  return vouched === undefined || actual === undefined || vouched === actual
    ? []
    : [
        anchorFinding({
          kind: 'other-database',
          why: `the trail is of the database ${actual}, and the checkpoints are of ${vouched}`,
        }),
      ];
}

function shownByAnchor(broken: ChainBreak | undefined): AnchorFinding[] {
  if (!broken?.anchor) {
    return [];
  }
  const { anchor, seq, why } = broken;
  return [anchorFinding({ ...anchor, seq, why })];
}
