/** What is taken for a catalog file, and what is not. */
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCli, validateTree, withFiles } from './testUtils';

const template = (head: string) =>
  `${head}metadata: {name: new}\nspec:\n  type: service\n  owner: user:jane\n  steps:\n    - id: a\n      action: debug:log\n`;

const rulesOf = (found: { findings: { rule: string; file: string }[] }) =>
  found.findings
    .filter(({ rule }) => rule !== 'reference-unjudged')
    .map(({ rule, file }) => `${file} ${rule}`);

describe('templates that are broken', () => {
  it.each([
    [
      'a misspelled group',
      'apiVersion: scaffolder.backstge.io/v1beta3\nkind: Template\n',
      'api-version-unknown',
    ],
    ['no apiVersion', 'kind: Template\n', 'entity-envelope'],
    [
      'a foreign apiVersion',
      'apiVersion: v1\nkind: Template\n',
      'api-version-unknown',
    ],
    ['neither', '', 'entity-envelope'],
  ])('are found with %s, unnamed and in a folder', async (_, head, rule) => {
    const files = { 'template.yaml': template(head) };
    for (const args of [[], ['.']]) {
      const { findings, code, output } = await validateTree(files, args);
      expect(findings.map(one => one.rule)).toContain(rule);
      expect({ code, files: output.summary.files }).toEqual({
        code: 1,
        files: 1,
      });
    }
  });

  it('are found as JSON', async () => {
    const { findings } = await validateTree({
      'template.yaml':
        '{\n  "apiVersion": "scaffolder.backstge.io/v1beta3",\n  "kind": "Template",\n  "metadata": {"name": "a"},\n  "spec": {}\n}\n',
    });
    expect(findings.map(one => one.rule)).toContain('api-version-unknown');
  });

  it('are told from what other systems call a template', async () => {
    const files = {
      'template.yaml':
        'AWSTemplateFormatVersion: 2010-09-09\nTransform: AWS::Serverless-2016-10-31\nResources: {F: {Type: "AWS::Serverless::Function"}}\n',
      'openshift/template.yaml':
        'apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: a}\nobjects: []\nparameters: []\n',
      'old/template.yaml':
        'apiVersion: v1\nkind: Template\nmetadata: {name: a}\nobjects:\n  - spec: {}\n',
    };
    const { code, stderr } = await validateTree(files);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        'No catalog file was found: 3 files hold no entity',
      ),
    });
    expect((await validateTree(files, ['--pass-with-no-files'])).code).toBe(0);
  });

  it('have company of kinds of ones own, and misspelled ones, in a folder that is named', async () => {
    const { output, findings } = await validateTree(
      {
        'causeway.yaml':
          'catalog: {validate: {kinds: {schemas: [{file: widget.json}]}}}\n',
        'widget.json':
          '{"properties": {"apiVersion": {"const": "acme.io/v1"}, "kind": {"const": "Widget"}}}',
        'catalog/w.yaml':
          'apiVersion: acme.io/v1\nkind: Widget\nmetadata: {name: w}\n',
        'catalog/m.yaml':
          'apiVersion: backstge.io/v1alpha1\nkind: System\nmetadata: {name: m}\nspec: {owner: user:jane}\n',
        'catalog/k.yaml': 'apiVersion: apps/v1\nkind: Deployment\n',
      },
      ['catalog'],
    );
    expect(output.summary.files).toBe(2);
    expect(rulesOf({ findings })).toEqual([
      'catalog/m.yaml api-version-unknown',
    ]);
  });
});

const system = (name: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: ${name}}\nspec: {owner: user:jane}\n`;

describe('symbolic links', () => {
  it('that lead out of the repository are refused, and nothing of their target is shown', async () => {
    await withFiles({ 'secret.yaml': 'root:x:0:0\n' }, async outside => {
      await withFiles(
        {
          'in/real.yaml': system('a b'),
          'l/catalog-info.yaml':
            'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {targets: [./*.yaml]}\n',
          'api/catalog-info.yaml':
            'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: p}\nspec: {type: openapi, lifecycle: production, owner: user:jane, definition: {$json: ./d.json}}\n',
        },
        async cwd => {
          const secret = join(outside, 'secret.yaml');
          symlinkSync(secret, join(cwd, 'catalog-info.yaml'));
          symlinkSync(secret, join(cwd, 'l/linked.yaml'));
          symlinkSync(secret, join(cwd, 'api/d.json'));
          symlinkSync(outside, join(cwd, 'folder'));
          symlinkSync('real.yaml', join(cwd, 'in/catalog-info.yaml'));
          const { stdout, code } = await runCli(['catalog', 'validate'], {
            cwd,
          });
          expect(code).toBe(1);
          expect(stdout).not.toContain('root:x');
          expect(stdout).toContain(
            'catalog-info.yaml\n  1:1  error  The file is a symbolic link that leads out of the repository  file-unreadable',
          );
          expect(stdout).toContain('$json leads out of the working directory');
          // A link within the repository is a file like any other.
          expect(stdout).toContain('in/catalog-info.yaml\n  3:18  error');
          const named = await runCli(
            ['catalog', 'validate', '-f', 'json', 'folder/secret.yaml'],
            { cwd },
          );
          expect(rulesOf(JSON.parse(named.stdout))).toEqual([
            'folder/secret.yaml file-unreadable',
          ]);
        },
      );
    });
  });

  it('lead to the repository itself without harm', async () => {
    await withFiles({ 'catalog-info.yaml': system('a') }, async cwd => {
      await withFiles({}, async outside => {
        const link = join(outside, 'link');
        symlinkSync(cwd, link);
        const { code, stdout } = await runCli(['catalog', 'validate'], {
          cwd: link,
        });
        expect(stdout).toContain('1 entity of 1 file');
        expect(code).toBe(0);
      });
    });
  });

  it('do not keep a file from being read that was named outside of the repository', async () => {
    await withFiles({ 'other.yaml': system('a') }, async outside => {
      await withFiles({}, async cwd => {
        const { code } = await runCli(
          ['catalog', 'validate', join(outside, 'other.yaml')],
          { cwd },
        );
        expect(code).toBe(0);
      });
    });
  });
});

describe('patterns that take away', () => {
  const files = {
    '.gitignore': 'build/\n',
    'a/catalog-info.yaml': system('a'),
    'b/catalog-info.yaml': 'broken: [\n',
    'build/catalog-info.yaml': 'broken: [\n',
    'notes.yaml': 'broken: [\n',
  };

  it.each([[['!b/**']], [['**/catalog-info.yaml', '!b/**']], [['.', '!b/**']]])(
    '%s',
    async args => {
      const { output, stderr } = await validateTree(files, args);
      expect({ stderr, files: output.summary.files }).toEqual({
        stderr: '',
        files: 1,
      });
    },
  );

  it('may leave nothing', async () => {
    const { code, stderr } = await validateTree(files, ['!b/**', '!a/**']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('No catalog file was found'),
    });
  });
});

describe('the pre-commit hook', () => {
  it('checks what the check finds, not the files that were staged', async () => {
    const [hook] = parse(
      readFileSync(join(__dirname, '../../../.pre-commit-hooks.yaml'), 'utf8'),
    );
    // A subset judged by itself would take good references for bad ones.
    expect(hook.pass_filenames).toBe(false);
    const [npx, yes, name, ...args] = hook.entry.split(' ');
    expect([npx, yes, name]).toEqual(['npx', '--yes', '@causeway/cli']);
    const files = {
      'causeway.yaml':
        'catalog: {validate: {complete: true, ignore: [old/**]}}\n',
      'a/catalog-info.yaml': `${system('a')}---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: jane}\nspec: {memberOf: []}\n`,
      'b/catalog-info.yaml': system('b'),
      'old/catalog-info.yaml': 'broken: [\n',
      'sam/template.yaml': 'AWSTemplateFormatVersion: 2010-09-09\n',
      't/template.yaml': template(
        'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n',
      ),
      't/skeleton/catalog-info.yaml': 'name: ${{ values.name }}\n',
    };
    await withFiles(files, async cwd => {
      // What a user gives as "args" follows the entry.
      const { code, stderr, stdout } = await runCli(
        [...args, '--fail-on', 'warning'],
        { cwd },
      );
      expect({ stderr, stdout, code }).toEqual({
        stderr: '',
        stdout: expect.stringContaining('4 entities of 3 files'),
        code: 0,
      });
    });
    // A commit to a repository that holds no catalog file passes.
    await withFiles(
      { 'sam/template.yaml': files['sam/template.yaml'] },
      async cwd => {
        expect((await runCli(args, { cwd })).code).toBe(0);
      },
    );
  });
});
