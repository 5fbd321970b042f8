import {
  chmodSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type JsonFinding, runCli, validateTree, withFiles } from './testUtils';

const system = (name: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: ${name}}\nspec: {owner: user:jane${more}}\n`;

const rulesOf = (found: { findings: { rule: string; file: string }[] }) =>
  found.findings
    .filter(({ rule }) => rule !== 'reference-unjudged')
    .map(({ rule, file }) => `${file} ${rule}`);

describe('which files are found', () => {
  it('takes the usual names below, and neither what git ignores nor what is no catalog file', async () => {
    const { output } = await validateTree({
      'catalog-info.yaml': system('a'),
      'deep/er/catalog-info.yml': system('b'),
      'other.yaml': 'x: y\n',
      'template.yaml': 'AWSTemplateFormatVersion: 2010-09-09\nX: !Ref Y\n',
      'templates/new/template.yaml':
        'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: new}\nspec: {type: service, owner: user:jane, steps: []}\n',
      'templates/new/skeleton/catalog-info.yaml':
        '{%- if values.x %}\nname: ${{ values.name }}\n',
      '.gitignore': 'build/\n*.tmp.yaml\n!keep/\n',
      'build/catalog-info.yaml': 'broken: [\n',
      'sub/.gitignore': '/catalog-info.yaml\n',
      'sub/catalog-info.yaml': 'broken: [\n',
      '.git/info/exclude': 'local/\n',
      'local/catalog-info.yaml': 'broken: [\n',
      'node_modules/x/catalog-info.yaml': 'broken: [\n',
    });
    expect(
      output.findings.filter((one: JsonFinding) => one.severity !== 'note'),
    ).toEqual([]);
    expect(output.summary).toMatchObject({
      files: 3,
      entities: 3,
      skeletons: 1,
    });
  });

  it('looks into the YAML files of a folder that is named', async () => {
    const { output } = await validateTree(
      {
        'catalog/org.yaml': system('a'),
        'catalog/deploy.yaml': 'apiVersion: apps/v1\nkind: Deployment\n',
        'catalog-info.yaml': 'broken: [\n',
      },
      ['catalog'],
    );
    expect(output.summary).toMatchObject({ files: 1, errors: 0 });
  });

  it('takes globs and names files that match nothing', async () => {
    const files = { 'a/x.yaml': system('a'), 'b/y.yaml': system('b') };
    expect((await validateTree(files, ['*/*.yaml'])).output.summary.files).toBe(
      2,
    );
    expect(await validateTree(files, ['c/*.yaml'])).toMatchObject({
      code: 2,
      stderr: 'error: c/*.yaml: no file matches\n',
    });
  });

  it('tells that there was nothing to check', async () => {
    expect(await validateTree({})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No catalog file was found'),
    });
    expect((await validateTree({}, ['--pass-with-no-files'])).code).toBe(0);
  });

  it('reads standard input', async () => {
    await withFiles({}, async cwd => {
      const { code, stdout } = await runCli(
        ['catalog', 'validate', '-', '--stdin-filename', 'a.yaml'],
        { cwd, stdin: system('a b') },
      );
      expect(code).toBe(1);
      expect(stdout).toContain(
        'a.yaml\n  3:18  error  The catalog refuses the name "a b"',
      );
    });
  });
});

describe('what it survives', () => {
  it('says which files cannot be read, and checks the rest', async () => {
    await withFiles(
      {
        'empty.yaml': '',
        'bom.yaml': `\ufeff${system('bom')}`,
        'crlf.yaml': system('crlf bad').replace(/\n/g, '\r\n'),
        'latin1.yaml': Buffer.from(system('a').replace('a}', 'ä}'), 'latin1'),
        'utf16.yaml': Buffer.from(`\ufeff${system('a')}`, 'utf16le'),
        'binary.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]),
        'good.yaml': system('good'),
      },
      async cwd => {
        symlinkSync('loop-b.yaml', join(cwd, 'loop-a.yaml'));
        symlinkSync('loop-a.yaml', join(cwd, 'loop-b.yaml'));
        mkdirSync(join(cwd, 'folder.yaml'));
        symlinkSync('.', join(cwd, 'circle'));
        execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
        const files = [
          'empty',
          'bom',
          'crlf',
          'latin1',
          'utf16',
          'binary',
          'good',
          'loop-a',
          'pipe',
          'gone',
        ].map(name => `${name}.yaml`);
        const { code, stdout } = await runCli(
          ['catalog', 'validate', '-f', 'json', ...files],
          { cwd },
        );
        expect(code).toBe(1);
        expect(rulesOf(JSON.parse(stdout))).toEqual([
          'binary.yaml file-encoding',
          'crlf.yaml name-format',
          'empty.yaml file-empty',
          'gone.yaml file-unreadable',
          'latin1.yaml file-encoding',
          'loop-a.yaml file-unreadable',
          'pipe.yaml file-unreadable',
          'utf16.yaml file-encoding',
        ]);
        const crlf = JSON.parse(stdout).findings.find(
          (one: JsonFinding) => one.file === 'crlf.yaml',
        );
        expect(crlf.place).toMatchObject({
          line: 3,
          column: 18,
          endColumn: 26,
        });
        // A folder that contains itself by a symbolic link is walked once.
        const walked = await runCli(['catalog', 'validate', '.'], { cwd });
        expect(walked.code).not.toBe(2);
      },
    );
  });

  it('says that a file may not be read', async () => {
    // Nothing is closed to root, so there another reason of the system stands in.
    const isRoot = process.getuid?.() === 0;
    await withFiles({ 'a.yaml': system('a') }, async cwd => {
      chmodSync(join(cwd, 'a.yaml'), 0);
      const name = isRoot ? 'x'.repeat(300) : 'a.yaml';
      const { stdout } = await runCli(['catalog', 'validate', name], { cwd });
      expect(stdout).toContain(
        isRoot ? 'The path is too long' : 'The file may not be read',
      );
    });
  });

  it('reads ten thousand documents of one file, the last as exactly as the first', async () => {
    const text = Array.from({ length: 10_000 }, (_, at) =>
      system(`s${at}`),
    ).join('---\n');
    const { findings, output } = await validateTree({
      'catalog-info.yaml': `${text}---\n${system('last one')}`,
    });
    expect(output.summary.entities).toBe(10_001);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([
      { rule: 'name-format', place: { line: 50_003, column: 18 } },
    ]);
  });

  it.each([
    [
      'a file beyond the bound',
      `# ${'x'.repeat(11 * 1024 * 1024)}\n`,
      'file-too-large',
    ],
    ['20,000 brackets', `x: ${'['.repeat(20_000)}`, 'yaml-limits'],
    [
      '20,000 levels',
      Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}a:`).join(
        '\n',
      ),
      'yaml-limits',
    ],
    [
      '50,000 keys',
      `${Array.from({ length: 50_000 }, (_, at) => `k${at}: &a${at} [v]`).join('\n')}\n`,
      'entity-envelope',
    ],
    [
      '50,000 aliases',
      `a: &a [x]\n${Array.from({ length: 50_000 }, (_, at) => `k${at}: *a`).join('\n')}\n`,
      'yaml-limits',
    ],
    ['a long line', `kind: ${'x'.repeat(3_000_000)}\n`, 'kind-unknown'],
    ['a million dashes', `${'- '.repeat(200_000)}\n`, 'yaml-limits'],
    [
      'control characters',
      'kind: "\u0001\u001b[31m\u202e"\nmetadata: \u0007\n',
      'entity-envelope',
    ],
  ])('bounds %s', async (_, text, rule) => {
    const begun = performance.now();
    const { findings, code, stderr } = await validateTree({
      'catalog-info.yaml': text,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(findings.some(one => one.rule.startsWith(rule))).toBe(true);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('is not stalled by the pattern of a Location', async () => {
    const begun = performance.now();
    const target = `./${'*a'.repeat(40)}b/${'*(+(a))'.repeat(20)}`;
    const { findings } = await validateTree({
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {targets: ['${target}', './${'*a'.repeat(60)}b']}\n`,
      ['a'.repeat(200)]: '',
    });
    expect(rulesOf({ findings })).toEqual([
      'catalog-info.yaml location-target',
      'catalog-info.yaml location-target',
    ]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('lets no text of a file steer a terminal or a log', async () => {
    const text = system('a').replace(
      'jane',
      '"\\e[2J\\u202eevil\\n::error::x"',
    );
    await withFiles({ 'catalog-info.yaml': text }, async cwd => {
      for (const format of ['text', 'github', 'markdown', 'junit']) {
        const { stdout } = await runCli(['catalog', 'validate', '-f', format], {
          cwd,
        });
        // eslint-disable-next-line no-control-regex -- control characters are what it looks for
        expect(stdout).not.toMatch(/[\u001b\u202e]|^::error::x/m);
      }
    });
  });
});

describe('fixes', () => {
  it('corrects what is safe and leaves the rest as it was', async () => {
    const before = `# Our shop
spec:
  type: service
  lifecyle: production # one day
  owner: "group:default/team"
apiVersion: backstage.io/v1alpha1
kind: Componet
metadata:
  name: shop
  tags: [Java, "Spring Boot"]
`;
    await withFiles({ 'catalog-info.yaml': before }, async cwd => {
      const { code, stdout } = await runCli(
        ['catalog', 'validate', '--fix', '--preset', 'strict', '-f', 'json'],
        { cwd },
      );
      expect(
        JSON.parse(stdout).findings.map((one: JsonFinding) => one.rule),
      ).toEqual(['reference-unjudged']);
      expect(code).toBe(0);
      const { readFileSync } = require('node:fs');
      expect(readFileSync(join(cwd, 'catalog-info.yaml'), 'utf8'))
        .toBe(`# Our shop
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  tags: [java, "spring-boot"]
spec:
  type: service
  lifecycle: production # one day
  owner: "team"
`);
    });
  });
});

describe('baseline', () => {
  it('tolerates what was there, also when it moves, and nothing new', async () => {
    const bad = system('a b');
    await withFiles({ 'catalog-info.yaml': bad }, async cwd => {
      const run = (...args: string[]) =>
        runCli(['catalog', 'validate', ...args], { cwd });
      expect((await run()).code).toBe(1);
      const updated = await run('--update-baseline');
      expect(updated).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('causeway-baseline.json'),
      });
      const path = join(cwd, 'catalog-info.yaml');
      writeFileSync(path, `# moved\n\n${bad}`);
      const moved = await run('--baseline', 'causeway-baseline.json');
      expect(moved).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('1 tolerated by the baseline'),
      });
      writeFileSync(path, `${bad}---\n${system('c d')}`);
      const more = await run('--baseline', 'causeway-baseline.json');
      expect(more.code).toBe(1);
      expect(more.stdout).toContain('"c d"');
      expect(more.stdout).not.toContain('the name "a b"');
      writeFileSync(path, system('a'));
      expect(
        (await run('--baseline', 'causeway-baseline.json')).stdout,
      ).toContain('1 in the baseline no longer found');
      rmSync(join(cwd, 'causeway-baseline.json'));
      writeFileSync(join(cwd, 'causeway-baseline.json'), '[]');
      expect(await run('--baseline', 'causeway-baseline.json')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('is not one'),
      });
    });
  });
});
