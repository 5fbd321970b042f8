import { riskLevels, type Assessment } from '../../governance';

const outcomes = ['run', 'review', 'manual', 'refuse'];

/** Where the second assessment is easier than the first; empty where nowhere. */
export function looserIn(before: Assessment, after: Assessment): string[] {
  const sameTier = before.risk.name === after.risk.name;
  const checks: [string, boolean][] = [
    [
      'outcome',
      outcomes.indexOf(after.outcome) < outcomes.indexOf(before.outcome),
    ],
    ['tier', after.tier < before.tier],
    [
      'risk',
      riskLevels.indexOf(after.risk.level) >
        riskLevels.indexOf(before.risk.level),
    ],
    ['count', after.approval.count < before.approval.count],
    [
      'required',
      before.approval.required.some(
        one =>
          !after.approval.required.some(
            ({ group, count }) => group === one.group && count >= one.count,
          ),
      ),
    ],
    ['presence', before.approval.presence && !after.approval.presence],
    [
      'approvers',
      sameTier &&
        after.approval.approvers.some(
          group =>
            !before.approval.approvers.includes(group) &&
            // One that has to approve may approve.
            !after.approval.required.some(one => one.group === group),
        ),
    ],
    [
      'limits',
      before.limits.some(
        limit =>
          limit.exceeded &&
          !after.limits.some(one => one.rule === limit.rule && one.exceeded),
      ),
    ],
  ];
  return checks.filter(([, looser]) => looser).map(([name]) => name);
}
