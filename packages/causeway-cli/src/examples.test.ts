/** Real-world catalogs come out clean. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { runCli, withFiles } from './testUtils';

const root = join(__dirname, '../../..');

async function findingsIn(cwd: string, ...args: string[]) {
  const { stdout, stderr } = await runCli(
    ['catalog', 'validate', '--format', 'json', ...args],
    { cwd },
  );
  expect(stderr).toBe('');
  const { findings, summary } = JSON.parse(stdout);
  return {
    summary,
    found: findings
      .filter(({ rule }: any) => rule !== 'reference-unjudged')
      .map(
        ({ file, place, message }: any) => `${file}:${place.line} ${message}`,
      ),
  };
}

describe('catalogs of others', () => {
  it.each([
    ['default-app', []],
    // Its documentation is not part of it.
    [
      'legacy-app',
      ['examples/entities.yaml:16 The folder ./example-docs is not there'],
    ],
  ])('the examples of a new %s', async (app, expected) => {
    const folder = join(
      dirname(require.resolve('@backstage/create-app/package.json')),
      'templates',
      app,
    );
    await withFiles({}, async cwd => {
      cpSync(join(folder, 'examples'), join(cwd, 'examples'), {
        recursive: true,
      });
      const { found, summary } = await findingsIn(
        cwd,
        'examples',
        '--complete',
      );
      expect(found).toEqual(expected);
      expect(summary).toMatchObject({ entities: 6, skeletons: 1 });
    });
  });

  it('this repository', async () => {
    const paths = ['catalog-info.yaml', 'examples'].filter(path =>
      existsSync(join(root, path)),
    );
    const { found } = await findingsIn(root, '--pass-with-no-files', ...paths);
    expect(found).toEqual([]);
  });
});

describe('where people are', () => {
  const bad =
    'apiVersion: backstage.io/v1alpha1\nkind: Componet\nmetadata: {name: a}\nspec: {type: service, lifecycle: production, owner: team}\n';

  it('the GitHub Action passes its inputs on and takes none for a command', async () => {
    const action = parse(
      readFileSync(join(root, 'packages/causeway-cli/action.yml'), 'utf8'),
    );
    const [step] = action.runs.steps;
    expect(step.run).not.toContain('inputs.');
    expect(Object.keys(step.env).sort()).toEqual([
      'INPUT_ARGS',
      'INPUT_FAIL_ON',
      'INPUT_PATHS',
      'INPUT_SARIF',
      'INPUT_SNAPSHOT',
      'INPUT_VERSION',
    ]);
    await withFiles({ 'catalog-info.yaml': bad, 'summary.md': '' }, cwd => {
      const { status, stdout, stderr } = spawnSync(
        'bash',
        [join(root, 'packages/causeway-cli/action.sh')],
        {
          cwd,
          encoding: 'utf8',
          env: {
            ...process.env,
            CAUSEWAY_COMMAND: `${process.execPath} ${join(root, 'packages/causeway-cli/bin/causeway')}`,
            GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
            INPUT_ARGS: '--complete\n',
            INPUT_FAIL_ON: 'warning',
            INPUT_PATHS: 'catalog-info.yaml\n$(touch evil)\n',
            INPUT_SARIF: 'out.sarif',
            INPUT_SNAPSHOT: '',
            INPUT_VERSION: 'latest',
          },
        },
      );
      expect(stderr).toBe('');
      expect(stdout).toContain('::error file=catalog-info.yaml,line=2,');
      expect(status).toBe(1);
      expect(existsSync(join(cwd, 'evil'))).toBe(false);
      expect(existsSync(join(cwd, 'out.sarif'))).toBe(true);
      expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toContain(
        '## Catalog validation',
      );
    });
  });

  it('the pre-commit hook names the files that the check names', () => {
    const [hook] = parse(
      readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'),
    );
    const files = new RegExp(hook.files);
    expect(
      ['catalog-info.yaml', 'a/b/template.yml'].every(path => files.test(path)),
    ).toBe(true);
    expect(
      ['my-catalog-info.yaml', 'template.json'].some(path => files.test(path)),
    ).toBe(false);
  });

  it('the GitLab example is YAML that calls the command', () => {
    const text = readFileSync(
      join(root, 'examples/validation/gitlab-ci.yml'),
      'utf8',
    );
    const { catalog, 'catalog-snapshot': job } = parse(text);
    expect(catalog.script.join()).toContain(
      'npx @causeway/cli catalog validate',
    );
    // A scheduled job runs on a protected branch, a merge request does not:
    // apart, the one would never see what the other keeps.
    for (const { cache } of [catalog, job]) {
      expect(cache).toMatchObject({
        key: 'catalog-snapshot',
        paths: ['catalog.json'],
        unprotect: true,
      });
    }
    // That there is no snapshot is said, and shows in the job's log.
    expect(catalog.script.join()).toContain('There is no snapshot yet');
  });
});
