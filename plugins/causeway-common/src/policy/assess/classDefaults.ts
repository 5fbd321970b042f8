import { durationMs } from '../duration';
import type { PolicySpec } from '../PolicyDocument';

/** What usually holds for a class of changes. */
export interface ClassDefaults {
  approvals: number;
  soakMs: number;
  /** Whether nobody expects to undo it. */
  final: boolean;
}

/** Where policy says nothing of a class. */
const usual = {
  application: { approvals: 1, soak: '5m', rollback: 'minutes' },
  infrastructure: { approvals: 1, soak: '30m', rollback: 'hours' },
  migration: { approvals: 2, soak: '1h', rollback: 'never' },
} as const;

/** Defaults of a class; of one that is not known the strictest of all. */
export function classDefaultsOf(
  spec: PolicySpec,
  name: string | undefined,
): ClassDefaults {
  const all = (['application', 'infrastructure', 'migration'] as const)
    .filter(
      (one, _, known) => !known.some(other => other === name) || one === name,
    )
    .map(one => spec.classes[one] ?? usual[one]);
  return {
    approvals: Math.max(...all.map(({ approvals }) => approvals)),
    soakMs: Math.max(...all.map(({ soak }) => durationMs(soak))),
    final: all.some(({ rollback }) => rollback === 'never'),
  };
}
