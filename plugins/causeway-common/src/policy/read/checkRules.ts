import { durationMs } from '../duration';
import { likelySpelling } from '../likelySpelling';
import type { PolicyApproval, PolicySpec } from '../PolicyDocument';
import type { PolicyProblem } from './PolicyProblem';
import type { Path, PolicySource } from './PolicySource';
import { countOf } from '../../countOf';

/** One document of a policy, read. */
export interface ReadDocument {
  source: PolicySource;
  spec: PolicySpec;
}

/** Faults of a policy's form that no single field shows: quorums and references. */
export function checkRules(
  documents: readonly ReadDocument[],
): PolicyProblem[] {
  const names = {
    riskTiers: namesOf(documents, spec => spec.riskTiers),
    decisions: namesOf(documents, spec => spec.decisions),
  };
  return documents.flatMap(({ source, spec }) => [
    ...spec.riskTiers.flatMap((tier, at) =>
      checkApproval(
        source,
        ['spec', 'riskTiers', at, 'approval'],
        tier.approval,
      ),
    ),
    ...spec.decisions.flatMap((decision, at) =>
      checkReferences(source, ['spec', 'decisions', at, 'riskTiers'], {
        used: decision.riskTiers,
        known: names.riskTiers,
        what: 'risk tier',
      }),
    ),
    ...spec.bounds.flatMap((bound, at) => [
      ...checkReferences(source, ['spec', 'bounds', at, 'riskTiers'], {
        used: bound.riskTiers,
        known: names.riskTiers,
        what: 'risk tier',
      }),
      ...checkReferences(source, ['spec', 'bounds', at, 'decisions'], {
        used: bound.decisions,
        known: names.decisions,
        what: 'decision',
      }),
    ]),
    ...(['limits', 'interpretability'] as const).flatMap(list =>
      spec[list].flatMap((rule, at) =>
        checkReferences(source, ['spec', list, at, 'riskTiers'], {
          used: rule.riskTiers,
          known: names.riskTiers,
          what: 'risk tier',
        }),
      ),
    ),
  ]);
}

function namesOf(
  documents: readonly ReadDocument[],
  list: (spec: PolicySpec) => { name: string }[],
): Set<string> {
  return new Set(
    documents.flatMap(({ spec }) => list(spec).map(({ name }) => name)),
  );
}

function checkReferences(
  source: PolicySource,
  path: Path,
  references: {
    used: readonly string[] | undefined;
    known: ReadonlySet<string>;
    what: string;
  },
): PolicyProblem[] {
  const { used = [], known, what } = references;
  return used.flatMap((name, at) => {
    if (known.has(name)) {
      return [];
    }
    const likely = likelySpelling(name, known);
    return source.problem({
      path: [...path, at],
      message: `There is no ${what} "${name}"`,
      hint: likely
        ? `${likely} is meant, perhaps.`
        : `There are ${[...known].join(', ') || 'none'}.`,
    });
  });
}

/** Whether an approval can be given at all, whoever there is. */
function checkApproval(
  source: PolicySource,
  path: Path,
  approval: PolicyApproval,
): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const needed = approval.required.reduce((sum, one) => sum + one.count, 0);
  if (needed > approval.count) {
    problems.push(
      source.problem({
        path: [...path, 'required'],
        message: `Groups have to give ${countOf(needed, 'approval')}, but it takes ${approval.count} in all: nobody could ever approve`,
        hint: `Raise count to ${needed}: a person fills one slot, even who is in two groups.`,
      }),
    );
  }
  const groups = approval.required.map(({ group }) => group);
  const twice = groups.findIndex((group, at) => groups.indexOf(group) !== at);
  if (twice !== -1) {
    problems.push(
      source.problem({
        path: [...path, 'required', twice],
        message: `${groups[twice]} is required twice`,
        hint: 'Name it once, with the sum as count.',
      }),
    );
  }
  if (approval.approvers.length === 0 && needed < approval.count) {
    problems.push(
      source.problem({
        path: [...path, 'approvers'],
        message: `It takes ${countOf(approval.count, 'approval')}, but only ${needed} could be given: there are no approvers`,
        hint: 'Name groups, or owner for the group that owns the target.',
      }),
    );
  }
  if (
    approval.escalation &&
    durationMs(approval.escalation.after) >= durationMs(approval.decideWithin)
  ) {
    problems.push(
      source.problem({
        path: [...path, 'escalation', 'after'],
        message: `Escalation after ${approval.escalation.after} never happens: requests expire after ${approval.decideWithin}`,
        hint: 'Escalate earlier, or raise decideWithin.',
      }),
    );
  }
  return problems;
}
