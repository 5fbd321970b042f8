/** What comes from elsewhere cannot stall the check or exhaust it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type JsonFinding, validateTree, withFiles } from './testUtils';

const template = (input: string) => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: new}
spec:
  type: service
  owner: user:jane
  steps:
    - {id: a, action: 'acme:ticket', input: ${input}}
`;

const snapshot = (properties: object) =>
  JSON.stringify({
    version: 1,
    entities: [{ kind: 'User', namespace: 'default', name: 'jane' }],
    actions: [{ id: 'acme:ticket', input: { type: 'object', properties } }],
  });

describe('patterns of schemas from elsewhere', () => {
  it.each([
    ['nested repetition', '^(a+)+$', `${'a'.repeat(60)}!`],
    ['alternatives that overlap', '^(a|aa)+$', `${'a'.repeat(80)}!`],
    ['a chain of repetitions', `${'a*'.repeat(12)}$`, `${'a'.repeat(300)}!`],
    ['a back reference', '^(a*)*\\1$', `${'a'.repeat(60)}!`],
    ['one repetition over long text', 'a+$', `${'a'.repeat(400_000)}!`],
  ])('are given up with %s', async (_, pattern, text) => {
    const begun = performance.now();
    const { code, findings, stderr } = await validateTree(
      {
        's.json': snapshot({
          title: { type: 'string', pattern },
          more: { type: 'string', pattern: '^(ab)+$' },
        }),
        'catalog-info.yaml': template(`{title: "${text}", more: abc}`),
      },
      ['--snapshot', 's.json'],
    );
    // The other pattern is judged nevertheless.
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'template-action-input acme:ticket: input "more" must match pattern "^(ab)+$"',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `note: the pattern ${pattern} of a schema takes too long and was not tried everywhere\n`,
    );
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('are given up within one bound for all of them', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `p${at}`);
    const begun = performance.now();
    const { code, stderr } = await validateTree(
      {
        's.json': snapshot(
          Object.fromEntries(
            names.map(name => [name, { pattern: `^(a+)+${name}$` }]),
          ),
        ),
        'catalog-info.yaml': template(
          `{${names.map(name => `${name}: ${'a'.repeat(60)}!`).join(', ')}}`,
        ),
      },
      ['--snapshot', 's.json'],
    );
    expect(code).toBe(0);
    expect(stderr).toContain('and 195 more');
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('looking into files', () => {
  it.each(['\n', ' ', ' \n', '{', '"', 'apiVersion: backstge.io\n'])(
    'takes no longer for %j over and over',
    async text => {
      const begun = performance.now();
      const { code, stderr } = await validateTree(
        { 'template.yaml': text.repeat(9_000_000 / text.length) },
        ['--pass-with-no-files'],
      );
      expect(code === 2 ? stderr : '').toBe('');
      expect(performance.now() - begun).toBeLessThan(10_000);
    },
  );

  it('needs no more room in a process that is full of patterns', async () => {
    await withFiles({ 'template.yaml': ' '.repeat(9_000_000) }, cwd => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [
          // As the engine compiles them from some size of them all on.
          '--no-regexp-optimization',
          join(__dirname, '../bin/causeway'),
          ...['catalog', 'validate', '--pass-with-no-files'],
        ],
        { cwd, encoding: 'utf8' },
      );
      expect({ status, stderr: stderr.replace(/^✓.*\n/, '') }).toEqual({
        status: 0,
        stderr: '',
      });
    });
  });
});

describe('comments that suppress', () => {
  it('are weighed quickly, however many there are', async () => {
    const begun = performance.now();
    const { findings, output } = await validateTree({
      'catalog-info.yaml': `${'# causeway-disable-line tag-format -- x\n'.repeat(100_000)}${`---\n${template('{}').replace('name: new', 'name: a b, tags: [X]')}`.repeat(2001)}# causeway-disable tag-format -- all of them\n`,
    });
    expect(output.summary.suppressed).toBe(2001);
    expect(findings.some(({ rule }) => rule === 'tag-format')).toBe(false);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('expressions in long texts', () => {
  it('are checked however long the text is', async () => {
    const long = 'x'.repeat(3_000_000);
    const begun = performance.now();
    const { findings } = await validateTree({
      'catalog-info.yaml': template(
        `{a: "${long} \${{ paramters.x }} ${long}{% if parameters.nope %} {% endif %}", b: "${long} \${{ 1 + }}"}`,
      ).replace('steps:', 'parameters: {properties: {x: {}}}\n  steps:'),
    });
    expect(
      findings
        .filter(({ rule }) => /template-(expression|reference)/.test(rule))
        .map(({ rule, message }) => `${rule} ${message.slice(0, 32)}`),
    ).toEqual([
      'template-reference "paramters" is nothing that expr',
      'template-reference No parameter "nope" is declared',
      'template-expression The expression cannot be parsed:',
    ]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('files of many parts', () => {
  const system = (name: string, tags = '[]') =>
    `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: ${name}\n  tags: ${tags}\nspec: {owner: user:jane}\n`;

  it.each([
    ['in plain YAML', (text: string) => text],
    ['in YAML of any kind', (text: string) => `# &\n${text} # why\n`],
  ])('are read up to a bound of documents, %s', async (_, wrap) => {
    const { findings, output, code } = await validateTree({
      'causeway.yaml': 'catalog: {validate: {limits: {documents: 3}}}\n',
      'catalog-info.yaml': wrap(
        ['a', 'b', 'c', 'd', 'e'].map(name => system(name)).join('---\n'),
      ),
      'more/catalog-info.yaml': ['f', 'g', 'h']
        .map(name => system(name))
        .join('---\n'),
    });
    expect(output.summary.entities).toBe(6);
    expect(findings.filter(one => one.rule !== 'reference-unjudged')).toEqual([
      expect.objectContaining({
        rule: 'yaml-limits',
        file: 'catalog-info.yaml',
        message: 'The file has more than 3 documents; the rest is not read',
      }),
    ]);
    expect(code).toBe(1);
  });

  it('are read up to a bound of parts of one document', async () => {
    const many = `[${'x, '.repeat(1000)}x] # why`;
    const { findings, output } = await validateTree({
      'causeway.yaml': 'catalog: {validate: {limits: {tokens: 2000}}}\n',
      'catalog-info.yaml': `${system('a', many)}`,
      'b/catalog-info.yaml': Array.from({ length: 200 }, (_, at) =>
        system(`b${at}`, '[x] # why'),
      ).join('---\n'),
    });
    // Many small documents are no large one.
    expect(output.summary.entities).toBe(200);
    expect(findings.filter(one => one.rule !== 'reference-unjudged')).toEqual([
      expect.objectContaining({
        rule: 'yaml-limits',
        file: 'catalog-info.yaml',
        place: expect.objectContaining({ line: 5 }),
        message: expect.stringContaining('more than 2000 parts'),
      }),
    ]);
  });

  it.each([
    ['two million tags', system('a', `[${'Xx, '.repeat(2_000_000)}Xx]`)],
    [
      'a million tags on lines of their own',
      `${system('a', '').trimEnd()}\nmetadata:\n  tags:\n${'    - Xx\n'.repeat(1_000_000)}`,
    ],
    ['a million documents', 'a: b\n---\n'.repeat(1_000_000)],
  ])(
    'take bounded memory: %s',
    async (_, text) => {
      await withFiles({ 'catalog-info.yaml': text }, cwd => {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [
            '--max-old-space-size=512',
            join(__dirname, '../bin/causeway'),
            ...['catalog', 'validate', '-f', 'json'],
          ],
          { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
        );
        expect({ status, stderr: stderr.replace(/^\d+ of.*\n/gm, '') }).toEqual(
          { status: 1, stderr: '' },
        );
        expect(
          JSON.parse(stdout).findings.filter(
            (one: JsonFinding) => one.rule === 'yaml-limits',
          ),
        ).toHaveLength(1);
      });
    },
    120_000,
  );
});
