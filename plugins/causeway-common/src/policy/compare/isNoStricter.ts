import {
  riskLevels,
  type ApprovalRequirement,
  type Assessment,
  type AssessmentOutcome,
} from '../../governance/assessment';

const outcomes: AssessmentOutcome[] = ['run', 'review', 'manual', 'refuse'];

/**
 * Whether a fresh assessment asks for nothing that the approved one did not
 * ask for, so that what was approved may still run (THREATS C4). A doubt or an
 * exceeded limit that nobody saw counts as stricter.
 *
 * @public
 */
export function isNoStricter(approved: Assessment, fresh: Assessment): boolean {
  if (
    outcomes.indexOf(fresh.outcome) > outcomes.indexOf(approved.outcome) ||
    fresh.tier > approved.tier ||
    riskLevels.indexOf(fresh.risk.level) <
      riskLevels.indexOf(approved.risk.level)
  ) {
    return false;
  }
  if (fresh.outcome === 'run') {
    return true;
  }
  return (
    knownBefore(approved, fresh) &&
    asksNoMore(approved.approval, fresh.approval)
  );
}

function knownBefore(approved: Assessment, fresh: Assessment): boolean {
  const doubts = new Set(approved.doubts.map(({ code }) => code));
  const exceeded = new Set(
    approved.limits.filter(limit => limit.exceeded).map(({ rule }) => rule),
  );
  return (
    fresh.doubts.every(({ code }) => doubts.has(code)) &&
    fresh.limits.every(limit => !limit.exceeded || exceeded.has(limit.rule))
  );
}

function asksNoMore(
  approved: ApprovalRequirement,
  fresh: ApprovalRequirement,
): boolean {
  return (
    fresh.count <= approved.count &&
    (approved.presence || !fresh.presence) &&
    fresh.required.every(one =>
      approved.required.some(
        ({ group, count }) => group === one.group && count >= one.count,
      ),
    ) &&
    approved.approvers.every(group => fresh.approvers.includes(group))
  );
}
