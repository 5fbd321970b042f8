import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, withFiles } from './testUtils';

const examples = join(__dirname, '../../../examples/policy');

const good = `apiVersion: causeway.dev/v1
kind: Policy
metadata: {name: test}
spec:
  riskTiers:
    - name: staging
      title: Staging
      level: low
      match: target.environment == 'staging'
      autonomous: [restart-workload]
  decisions:
    - {name: restart, operations: [restart-workload], tier: 1}
`;

describe('causeway policy check', () => {
  it('finds nothing in the example', async () => {
    const { code, stdout, stderr } = await runCli(
      ['policy', 'check', 'risk-tiers.yaml', 'decisions.yaml'],
      { cwd: examples },
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '✓ 0 errors, 0 warnings in 2 files\n',
      stderr: '',
    });
  });

  it('says where and what to do, for people and programs', async () => {
    const bad = good
      .replace("== 'staging'", "!= 'production'")
      .replace('title', 'tittle');
    await withFiles({ 'p.yaml': bad }, async cwd => {
      const text = await runCli(['policy', 'check', 'p.yaml'], { cwd });
      expect(text.code).toBe(1);
      expect(text.stdout).toBe(`p.yaml:6:7  error  title is missing
    Add title. docs/governance/policy.md describes every field.
p.yaml:7:7  error  There is no field "tittle" here
    title is meant, perhaps.
✗ 2 errors, 0 warnings in 1 file
`);
      const json = await runCli(
        ['policy', 'check', '--format', 'json', 'p.yaml'],
        { cwd },
      );
      expect(JSON.parse(json.stdout)).toMatchObject({
        version: 1,
        failed: true,
        summary: { errors: 2, warnings: 0, files: 1 },
        problems: [
          { file: 'p.yaml', line: 6, severity: 'error' },
          { file: 'p.yaml', line: 7, column: 7, hint: expect.any(String) },
        ],
      });
      const github = await runCli(
        ['policy', 'check', '-f', 'github', 'p.yaml'],
        {
          cwd,
        },
      );
      expect(github.stdout).toContain(
        '::error file=p.yaml,line=7,col=7::There is no field "tittle" here',
      );
    });
  });

  it('warns of operations that Causeway does not bring', async () => {
    const odd = `${good}  freezes:
    - {name: quarter-end, from: 2026-12-28T00:00:00Z, reason: Books close, operations: [scale-worklod, water-plants]}
`;
    await withFiles({ 'p.yaml': odd }, async cwd => {
      const { code, stdout } = await runCli(['policy', 'check', 'p.yaml'], {
        cwd,
      });
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /p\.yaml:14:\d+ +warning +There is no operation "scale-worklod"[^\n]*\n +scale-workload is meant, perhaps\./,
      );
      expect(stdout).toMatch(/"water-plants"[^\n]*\n +Causeway brings scale-w/);
      expect(stdout).toContain('✓ 0 errors, 2 warnings in 1 file');
    });
  });

  it('tells faults of its own apart', async () => {
    await withFiles({ 'p.yaml': good }, async cwd => {
      for (const [args, message] of [
        [[], 'Name the files'],
        [['none.yaml'], 'not there'],
        [['--format', 'xml', 'p.yaml'], 'There is no format "xml"'],
        [['--formt', 'p.yaml'], '--format is meant'],
      ] as const) {
        const { code, stderr } = await runCli(['policy', 'check', ...args], {
          cwd,
        });
        expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
      }
      const help = await runCli(['policy', 'check', '--help'], { cwd });
      expect(help.stdout).toContain('--format');
    });
  });
});

describe('causeway policy test', () => {
  it.each(['cases', '.'])(
    'finds every case of the example as it expects, in %s',
    async folder => {
      const { code, stdout, stderr } = await runCli(
        ['policy', 'test', '--format', 'json', folder],
        { cwd: examples },
      );
      const { cases, summary } = JSON.parse(stdout) as {
        cases: { differences: unknown[] }[];
        summary: { cases: number };
      };
      expect(cases.filter(({ differences }) => differences.length)).toEqual([]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(summary.cases).toBeGreaterThan(50);
    },
  );

  it.each([
    ['core-bank.yaml', 'count: 2', 'count: 1'],
    ['core-bank.yaml', 'perHour: 500', 'perHour: 5000'],
    ['core-bank.yaml', 'scaleFactor: 1.2', 'scaleFactor: 1.4'],
    ['production.yaml', "target.owner == 'group:default/core-banking' && ", ''],
    ['production.yaml', 'perHour: 1000', 'perHour: 10000'],
    ['production.yaml', 'scaleFactor: 1.5', 'scaleFactor: 2.5'],
    ['production.yaml', 'minimumSamples: 20', 'minimumSamples: 2'],
    ['staging.yaml', 'action: auto-stop', 'action: alert'],
    ['staging.yaml', '- scale-workload\n', '- sync-application\n'],
    ['development.yaml', 'perHour: 200', 'perHour: 2000'],
    ['development.yaml', "autonomous: ['*']", 'autonomous: [scale-workload]'],
  ])('%s notices a policy with %s changed', async (file, from, to) => {
    await withFiles({}, async cwd => {
      cpSync(examples, cwd, { recursive: true });
      const path = join(cwd, 'risk-tiers.yaml');
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
      const { code, stdout } = await runCli(
        ['policy', 'test', '--quiet', join('cases', file)],
        { cwd },
      );
      expect(code).toBe(1);
      expect(stdout).toContain('✗ ');
    });
  });

  it('prints what differs, and why it came out so', async () => {
    const tree = {
      'policy.yaml': good,
      'cases/restart.yaml': `policy: ../policy.yaml
cases:
  - name: a restart in staging runs
    input: {target: {environment: staging}}
    expect: {outcome: run, doubts: []}
  - name: a restart in production runs
    input: {target: {environment: production}}
    expect: {outcome: run, approval: {count: 2}, doubts: []}
`,
    };
    await withFiles(tree, async cwd => {
      const { code, stdout } = await runCli(['policy', 'test', 'cases'], {
        cwd,
      });
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: `✓ a restart in staging runs
✗ a restart in production runs  cases/restart.yaml:6
    outcome: expected "run", got "review"
    approval.count: expected 2, got 1
    Needs 1 approval: No risk tier of the policy matches the target, so people decide. (policy/default)
✗ 1 of 2 cases differ
`,
      });
    });
  });

  it('tells faults of its own apart', async () => {
    const tree = {
      'bad.yaml': good.replace('level: low', 'level: lo'),
      'none/readme.txt': '',
      'of-bad.yaml':
        'policy: bad.yaml\ncases: [{name: a, input: {}, expect: {}}]\n',
      'odd.yaml': 'policy: bad.yaml\ncases: [{name: a, expcet: {}}]\n',
      'field.yaml':
        'policy: good.yaml\ncases: [{name: a, input: {targt: {}}, expect: {}}]\n',
      'deep.yaml':
        'policy: good.yaml\ncases: [{name: a, input: {change: {quantitys: {}}}, expect: {}}]\n',
      'expect.yaml':
        'policy: good.yaml\ncases: [{name: a, input: {}, expect: {outcom: run}}]\n',
      'operation.yaml':
        'policy: good.yaml\ncases: [{name: a, input: {request: {operation: zz}}, expect: {}}]\n',
      'good.yaml': good,
      'typo.yaml':
        'policy: bad.yaml\ncases: [{name: a, inputs: {}, expect: {}}]\n',
    };
    await withFiles(tree, async cwd => {
      for (const [path, message] of [
        ['nowhere', 'is not there'],
        ['none', 'There is no case'],
        ['bad.yaml', 'bad.yaml is a policy: name its cases'],
        [
          'of-bad.yaml',
          'The policy of of-bad.yaml:2 has errors: bad.yaml:8:14 level is critical, high, medium, low, not "lo"',
        ],
        ['odd.yaml', 'odd.yaml:2 a case has name, input and expect'],
        ['typo.yaml', 'there is no inputs'],
        ['field.yaml', 'field.yaml:2 there is no input.targt: target is meant'],
        [
          'deep.yaml',
          'deep.yaml:2 there is no input.change.quantitys: quantities is meant',
        ],
        ['expect.yaml', 'there is no expect.outcom: outcome is meant'],
        ['operation.yaml', 'there is no operation "zz" among those'],
      ]) {
        const { code, stderr } = await runCli(['policy', 'test', path], {
          cwd,
        });
        expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
      }
    });
  });
});
