/** The command as people call it: a process of its own, and by the Backstage CLI. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withFiles } from './testUtils';

const packageFolder = join(__dirname, '..');
const binary = join(packageFolder, 'bin', 'causeway');

const files = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team}
spec: {type: team, children: []}
`,
  'bad.yaml': `apiVersion: backstage.io/v1alpha1
kind: Componet
metadata: {name: a}
spec: {type: service, lifecycle: production, owner: team}
`,
};

function run(args: string[], cwd: string, input = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [binary, ...args],
    {
      cwd,
      input,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return { status, stdout, stderr };
}

describe('causeway', () => {
  it('tells clean, findings and faults apart', async () => {
    await withFiles(files, cwd => {
      expect(run(['catalog', 'validate'], cwd)).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringContaining(
          '✓ 0 errors, 0 warnings in 1 entity of 1 file',
        ),
      });
      expect(run(['catalog', 'validate', 'bad.yaml'], cwd)).toMatchObject({
        status: 1,
        stderr: '',
        stdout: expect.stringContaining(
          '2:7  error  The catalog knows no kind "Componet"',
        ),
      });
      expect(
        run(['catalog', 'validate', '--config', 'none.yaml'], cwd),
      ).toEqual({
        status: 2,
        stdout: '',
        stderr: `error: ${join(cwd, 'none.yaml')}: The file is not there\n`,
      });
    });
  });

  it('reads standard input, and helps', async () => {
    await withFiles({}, cwd => {
      const piped = run(
        ['catalog', 'validate', '-', '-f', 'json'],
        cwd,
        files['bad.yaml'],
      );
      expect(JSON.parse(piped.stdout).findings[0]).toMatchObject({
        file: '<stdin>',
        rule: 'kind-unknown',
      });
      expect(run(['--help'], cwd)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('causeway catalog snapshot'),
      });
      expect(run(['catalog', 'validate', '--help'], cwd).stdout).toContain(
        '--update-baseline',
      );
      expect(run(['catalog', 'validte'], cwd)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(
          'There is no command "catalog validte"',
        ),
      });
      expect(run(['catalog', 'rules', 'tag-format'], cwd).stdout).toContain(
        'docs/validation/rules/tag-format.md',
      );
    });
  });

  it('does not wait for what a model layer left running', async () => {
    await withFiles(
      {
        ...files,
        'layer.js': 'setInterval(() => {}, 1000);\n',
        'causeway.yaml':
          'catalog: {validate: {kinds: {layers: [./layer.js]}}}\n',
      },
      cwd => {
        const { status, stdout, stderr } = run(['catalog', 'validate'], cwd);
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toContain('exports no catalog model layer');
      },
    );
  }, 30_000);

  it('ends with all of its output written, and with a fault where that cannot be', async () => {
    const many = Array.from({ length: 500 }, () => files['bad.yaml']);
    await withFiles({ 'bad.yaml': many.join('---\n') }, cwd => {
      const { status, stdout } = run(
        ['catalog', 'validate', 'bad.yaml', '-f', 'json'],
        cwd,
      );
      expect(status).toBe(1);
      expect(JSON.parse(stdout).summary.entities).toBe(500);
      const shell = (command: string) => {
        const done = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
          cwd,
          encoding: 'utf8',
        });
        return { status: done.status, stderr: done.stderr };
      };
      const command = `'${process.execPath}' '${binary}' catalog validate bad.yaml -f json`;
      expect(shell(`${command} >/dev/full`)).toEqual({
        status: 2,
        stderr: 'error: standard output cannot be written (ENOSPC)\n',
      });
      // A reader that goes away early is no fault, and no stack trace.
      expect(shell(`${command} | head -c 10 >/dev/null`)).toEqual({
        status: 1,
        stderr: '',
      });
    });
  }, 60_000);

  it('is a module of the Backstage CLI', async () => {
    await withFiles(
      {
        ...files,
        'package.json': JSON.stringify({
          name: 'portal',
          private: true,
          workspaces: { packages: [] },
          dependencies: { '@causeway/cli': '*' },
        }),
        'backstage.json': '{"version": "1.55.0"}',
      },
      cwd => {
        const root = join(packageFolder, '../..');
        execFileSync('ln', ['-s', join(root, 'node_modules'), 'node_modules'], {
          cwd,
        });
        const { status, stdout } = spawnSync(
          process.execPath,
          [
            ...[
              '-r',
              require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
            ],
            join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
            ...['causeway', 'catalog', 'validate', 'bad.yaml'],
          ],
          { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
        );
        expect(stdout).toContain(
          '2:7  error  The catalog knows no kind "Componet"',
        );
        expect(status).toBe(1);
      },
    );
  }, 60_000);
});
