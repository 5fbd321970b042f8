import type { PolicyDocument, PolicySpec } from '../PolicyDocument';
import type { ReadDocument } from './checkRules';
import type { PolicyProblem } from './PolicyProblem';
import type { Path } from './PolicySource';

const lists = [
  'riskTiers',
  'decisions',
  'bounds',
  'limits',
  'capabilities',
  'freezes',
  'interpretability',
  'gitFirst',
] as const satisfies (keyof PolicySpec)[];

const singletons: Path[] = [
  ['agents'],
  ['delegation'],
  ['classes', 'application'],
  ['classes', 'infrastructure'],
  ['classes', 'migration'],
];

/** What stands twice although it may stand once, naming both places. */
export function findDoubles(
  documents: readonly ReadDocument[],
): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const list of lists) {
    const seen = new Map<string, string>();
    documents.forEach(({ source, spec }) =>
      spec[list].forEach(({ name }, at) => {
        const path = ['spec', list, at, 'name'];
        const before = seen.get(name);
        if (before) {
          problems.push(
            source.problem({
              path,
              message: `"${name}" of ${list} stands at ${before} too`,
              hint: 'Give one of them another name, or remove it.',
            }),
          );
        }
        const { line, column } = source.place(path);
        seen.set(name, before ?? `${source.file}:${line}:${column}`);
      }),
    );
  }
  return [
    ...problems,
    ...findDoubleLimits(documents),
    ...findDoubleSingletons(documents),
  ];
}

/** Limits of a risk tier have names of their own within it. */
function findDoubleLimits(documents: readonly ReadDocument[]): PolicyProblem[] {
  return documents.flatMap(({ source, spec }) =>
    spec.riskTiers.flatMap((tier, at) =>
      tier.limits.flatMap(({ name }, inner) =>
        tier.limits.findIndex(limit => limit.name === name) === inner
          ? []
          : source.problem({
              path: ['spec', 'riskTiers', at, 'limits', inner, 'name'],
              message: `The risk tier ${tier.name} has two limits "${name}"`,
              hint: 'Give one of them another name, or remove it.',
            }),
      ),
    ),
  );
}

function findDoubleSingletons(
  documents: readonly ReadDocument[],
): PolicyProblem[] {
  return singletons.flatMap(path => {
    const holders = documents.filter(({ source }) =>
      stands(source.value, ['spec', ...path]),
    );
    return holders.slice(1).map(({ source }) => {
      const [first] = holders;
      const { line, column } = first.source.place(['spec', ...path]);
      return source.problem({
        path: ['spec', ...path],
        message: `${path.join('.')} stands at ${first.source.file}:${line}:${column} too`,
        hint: 'It may stand once among the files of a policy.',
      });
    });
  });
}

function stands(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>(
      (one, part) =>
        (one as Record<string | number, unknown> | null | undefined)?.[part],
      value,
    ) !== undefined
  );
}

/** One policy of several documents: lists one after another, the rest from where it stands. */
export function mergeDocuments(
  documents: readonly (ReadDocument & { document: PolicyDocument })[],
): PolicyDocument {
  const [first] = documents;
  const holder = (path: Path) =>
    documents.find(({ source }) => stands(source.value, ['spec', ...path])) ??
    first;
  const all = <L extends (typeof lists)[number]>(list: L): PolicySpec[L] =>
    documents.flatMap(({ spec }) => spec[list] as unknown[]) as PolicySpec[L];
  return {
    ...first.document,
    spec: {
      riskTiers: all('riskTiers'),
      decisions: all('decisions'),
      bounds: all('bounds'),
      limits: all('limits'),
      classes: Object.assign({}, ...documents.map(({ spec }) => spec.classes)),
      capabilities: all('capabilities'),
      freezes: all('freezes'),
      agents: holder(['agents']).spec.agents,
      interpretability: all('interpretability'),
      delegation: holder(['delegation']).spec.delegation,
      gitFirst: all('gitFirst'),
    },
  };
}
