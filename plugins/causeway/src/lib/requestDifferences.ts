import type {
  GateRequest,
  PlannedChange,
} from '@causeway/backstage-plugin-causeway-common';
import { outline } from './jsonText';

/** Something about a request that is not what it was. */
export interface Difference {
  what:
    | 'plan'
    | 'input'
    | 'binding'
    | 'tier'
    | 'risk'
    | 'cost'
    | 'approval'
    | 'operation'
    | 'rollback'
    | 'state';
  /** Path or name within it. */
  label?: string;
  before: string;
  after: string;
}

function changesByPath(changes: readonly PlannedChange[] = []) {
  return new Map(
    changes.map(change => [
      change.path,
      {
        label: change.label,
        text: `${outline(change.before)} → ${outline(change.after)}`,
      },
    ]),
  );
}

function planDifferences(
  what: 'plan' | 'rollback',
  before: readonly PlannedChange[] | undefined,
  after: readonly PlannedChange[] | undefined,
): Difference[] {
  const old = changesByPath(before);
  const now = changesByPath(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter(path => old.get(path)?.text !== now.get(path)?.text)
    .map(path => ({
      what,
      label: (now.get(path) ?? old.get(path))!.label,
      before: old.get(path)?.text ?? '',
      after: now.get(path)?.text ?? '',
    }));
}

/** What of a request that an approver looks at is not what it was, in the order in which it matters. */
export function requestDifferences(
  before: GateRequest,
  after: GateRequest,
): Difference[] {
  const single = (
    what: Difference['what'],
    read: (request: GateRequest) => string,
  ): Difference[] =>
    read(before) === read(after)
      ? []
      : [{ what, before: read(before), after: read(after) }];
  return [
    ...planDifferences('plan', before.plan?.changes, after.plan?.changes),
    ...planDifferences(
      'rollback',
      before.plan?.rollback?.changes,
      after.plan?.rollback?.changes,
    ),
    ...single('state', ({ state }) => state),
    ...single('input', ({ input }) => outline(input)),
    ...single('binding', ({ binding }) =>
      binding
        ? `${binding.source} ${binding.kind} ${[binding.namespace, binding.name]
            .filter(Boolean)
            .join('/')} ${binding.uid} ${binding.fieldsHash.slice(0, 12)}`
        : '',
    ),
    ...single('tier', ({ assessment }) => String(assessment.tier)),
    ...single('risk', ({ assessment }) => assessment.risk.title),
    ...single('cost', ({ cost }) =>
      cost?.delta === undefined ? '' : `${cost.delta} ${cost.currency}`,
    ),
    ...single('approval', ({ approval }) => outline({ ...approval } as never)),
    ...single(
      'operation',
      ({ operation }) =>
        `${operation.name} ${operation.version} ${operation.hash.slice(0, 12)}`,
    ),
  ];
}
