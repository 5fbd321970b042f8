import fc from 'fast-check';
import { readPolicyFiles } from './readPolicyFiles';

const head = 'apiVersion: causeway.dev/v1\nkind: Policy\nmetadata: {name: p}\n';

/** A file with this `spec`; `¦` marks where the problem is. */
function read(spec: string) {
  const text = `${head}spec:\n${spec}`;
  const at = text.indexOf('¦');
  const before = text.slice(0, at).split('\n');
  const { problems, document } = readPolicyFiles([
    { file: 'p.yaml', text: text.replace('¦', '') },
  ]);
  return {
    problems,
    document,
    marked: { line: before.length, column: before.at(-1)!.length + 1 },
  };
}

const tier = (rest: string) =>
  `  riskTiers:\n    - name: a\n      title: A\n${rest}`;

const faults: [string, string, string][] = [
  ['an unknown field', '  ¦riskTier: []\n', 'There is no field "riskTier"'],
  [
    'an unknown field of a list',
    tier(
      '      level: low\n      match: target.owner == "a"\n      ¦autonomus: []\n',
    ),
    'There is no field "autonomus"',
  ],
  [
    'an unknown value',
    tier('      level: ¦hihg\n      match: "true"\n'),
    'level is critical, high, medium, low, not "hihg"',
  ],
  [
    'a missing field',
    '  riskTiers:\n    - ¦name: a\n      title: A\n      level: critical\n',
    'match is missing',
  ],
  [
    'a duration',
    tier(
      '      level: critical\n      match: "true"\n      approval: {decideWithin: ¦4 hours}\n',
    ),
    'A duration is a whole number',
  ],
  [
    'a group by its short name',
    tier(
      '      level: critical\n      match: "true"\n      approval: {approvers: [owner, ¦payments]}\n',
    ),
    'A group is named in full and in lower case',
  ],
  [
    'a variable',
    tier(`      level: critical\n      match: ¦taget.owner == 'a'\n`),
    'There is no variable "taget"',
  ],
  [
    'a field of an expression over several lines',
    tier(
      `      level: critical\n      match: >-\n        target.owner == 'a' &&\n          target¦.enviroment == 'b'\n`,
    ),
    'Target has no field "enviroment"',
  ],
  [
    'a field of a literal block',
    tier(
      `      level: critical\n      match: |\n        target.owner == 'a'\n          || target¦.enviroment == 'b'\n`,
    ),
    'Target has no field "enviroment"',
  ],
  [
    'a field of a text in quotes with escapes',
    tier(
      `      level: critical\n      match: "target.owner == \\"\\u00e4\\" && target¦.enviroment == 'b'"\n`,
    ),
    'Target has no field "enviroment"',
  ],
  [
    'a field of a text in single quotes',
    tier(
      `      level: critical\n      match: 'target.owner == ''a'' && target¦.enviroment == ''b'''\n`,
    ),
    'Target has no field "enviroment"',
  ],
  [
    'a type',
    tier(`      level: critical\n      match: target.owner ¦== 3\n`),
    'A text is never equal to a whole number',
  ],
  [
    'the syntax',
    tier(`      level: critical\n      match: target.owner ¦= 'a'\n`),
    'The expression cannot be read',
  ],
  [
    'negation in a tier that lowers',
    tier(`      level: low\n      match: target.owner ¦!= 'a'\n`),
    'cannot use !=',
  ],
  [
    'absence in a tier that lowers',
    tier(`      level: low\n      match: ¦has(target.owner)\n`),
    'cannot rest on whether something is there',
  ],
  [
    'alternatives in a tier that lowers',
    tier(
      `      level: low\n      match: ¦target.owner == 'a' || target.owner == 'b'\n`,
    ),
    'cannot use ||',
  ],
  [
    'claims in a tier that lowers',
    tier(
      `      level: low\n      match: target.owner == 'a' && claimed¦.environment == 'b'\n`,
    ),
    'cannot rest on claimed',
  ],
  [
    'a tier that lowers for everybody',
    tier(`      level: low\n      match: "¦true"\n`),
    'must match an attribute',
  ],
  [
    'a decision of tier 1 that rests on what an agent says',
    `  decisions:\n    - name: d\n      operations: [scale-workload]\n      tier: 1\n      when: agent¦.confidence > 0.9\n`,
    'cannot rest on agent.confidence',
  ],
  [
    'a Git exception that rests on live values',
    `  gitFirst:\n    - name: g\n      operations: [scale-workload]\n      when: live¦.owner == 'a'\n      reason: r\n`,
    'cannot rest on live',
  ],
  [
    'a quorum of groups that is larger than the count',
    tier(
      '      level: critical\n      match: "true"\n      approval:\n        ¦required: [{group: "group:default/a", count: 2}]\n'.replace(
        '¦required: ',
        'required: ¦',
      ),
    ),
    'Groups have to give 2 approvals, but it takes 1 in all',
  ],
  [
    'an approval without approvers',
    tier(
      '      level: critical\n      match: "true"\n      approval: {approvers: ¦[]}\n',
    ),
    'there are no approvers',
  ],
  [
    'an escalation that comes too late',
    tier(
      '      level: critical\n      match: "true"\n      approval: {decideWithin: 1h, escalation: {after: ¦2h, groups: ["group:default/a"]}}\n',
    ),
    'never happens',
  ],
  [
    'a decision that says nothing of what',
    '  decisions:\n    - ¦name: d\n      tier: 2\n',
    'A decision names operations',
  ],
  [
    'a reference to nothing',
    '  bounds: [{name: b, quantity: q, max: 1, decisions: [¦scale]}]\n',
    'There is no decision "scale"',
  ],
  [
    'the same name twice',
    '  freezes:\n    - {name: f, when: "true", reason: r}\n    - {name: ¦f, when: "true", reason: r}\n',
    '"f" of freezes stands at p.yaml:6:14 too',
  ],
  [
    'the same key twice',
    '  agents: {}\n  ¦agents: {}\n',
    'The same key stands twice',
  ],
  ['an alias', '  agents: ¦&a {}\n', 'Anchors, aliases and tags'],
];

describe('readPolicyFiles', () => {
  it.each(faults)('points at %s', (_, spec, message) => {
    const { problems, document, marked } = read(spec);
    expect(document).toBeUndefined();
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ file: 'p.yaml', ...marked });
    expect(errors[0].message).toContain(message);
    expect(errors[0].hint).toMatch(/\.$|…$/);
  });

  it('fills in defaults and puts files together', () => {
    const file = (name: string, spec: string) => ({
      file: `${name}.yaml`,
      text: `${head}spec: ${spec}`,
    });
    const { document, problems } = readPolicyFiles([
      file('a', '{limits: [{name: a, perHour: 1, action: hard}]}'),
      file('b', '{limits: [{name: b, perHour: 2, action: hard}]}'),
      file('c', '{agents: {openRequests: 3}}'),
    ]);
    expect(problems).toEqual([]);
    expect(document?.spec.limits.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(document?.spec.agents).toMatchObject({
      openRequests: 3,
      requestsPerMinute: 10,
    });
    const twice = readPolicyFiles([
      file('a', '{agents: {}, limits: [{name: a, perHour: 1, action: hard}]}'),
      file('b', '{agents: {}, limits: [{name: a, perHour: 1, action: hard}]}'),
    ]);
    expect(
      twice.problems.map(({ file: name, line, message }) => [
        name,
        line,
        message,
      ]),
    ).toEqual([
      ['b.yaml', 4, 'agents stands at a.yaml:4:16 too'],
      ['b.yaml', 4, '"a" of limits stands at a.yaml:4:36 too'],
    ]);
  });

  it('warns of what changes nothing', () => {
    const { problems, document } = read(
      '  decisions: [{name: d, operations: [scale-workload], tier: 1}]\n',
    );
    expect(document).toBeDefined();
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining('No risk tier lets scale-workload'),
      }),
    ]);
  });

  it.each([
    ['brackets', `spec: ${'['.repeat(20_000)}`],
    ['mappings', `spec: ${'{a: '.repeat(20_000)}`],
    ['size', `# ${'x'.repeat(600_000)}`],
    ['parts', `spec: [${'1,'.repeat(120_000)}1]`],
    [
      'laughs',
      `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\nspec: *d`,
    ],
    [
      'expressions',
      `${head}spec: {riskTiers: [{match: "${'('.repeat(1990)}"}]}`,
    ],
    ['nothing', ''],
    ['a text', 'hello'],
    ['a list', '- a'],
    ['a tag', 'spec: !!js/function x'],
    ['blanks', '\n\n---\n---\n'],
  ])('refuses %s without harm', (_, text) => {
    const { document, problems } = readPolicyFiles([{ file: 'p', text }]);
    expect(document).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
  });

  it('never throws', () => {
    const words = fc.constantFrom(
      ...['spec:', ' ', '\n', '  ', '- ', '{', '}', '[', ']', ': ', ','],
      ...['riskTiers', 'match', 'name: a', '"', "'", '|\n', '>-\n', '&a', '*a'],
      ...['target.', 'owner', '==', '&&', 'has(', ')', '!', '\t', '\ud800'],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), parts => {
        for (const text of [parts.join(''), head + parts.join('')]) {
          const { problems } = readPolicyFiles([{ file: 'p', text }]);
          problems.forEach(({ line, column }) => {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
