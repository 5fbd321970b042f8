/** A baseline that is used from parts of a repository. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonFinding, runCli, withFiles } from './testUtils';

const system = (name: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: ${name}}\nspec: {owner: user:jane}\n`;

const files = {
  'a/catalog-info.yaml': system('a a'),
  'b/catalog-info.yaml': system('b b'),
};

const run = (cwd: string, ...args: string[]) =>
  runCli(['catalog', 'validate', ...args], { cwd });

const filesIn = (path: string) =>
  JSON.parse(readFileSync(path, 'utf8')).findings.map(
    (one: JsonFinding) => one.file,
  );

describe('a baseline', () => {
  it('is read where it was written, from every folder of the repository', async () => {
    await withFiles(files, async cwd => {
      expect((await run(cwd, '--update-baseline')).code).toBe(0);
      const whole = await run(cwd);
      expect(whole).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('2 tolerated by the baseline'),
      });
      const below = await run(join(cwd, 'a'));
      expect(below.code).toBe(0);
      expect(below.stdout).toContain('1 tolerated by the baseline');
      expect(below.stdout).not.toContain('no longer found');
      expect((await run(cwd, '--no-baseline')).code).toBe(1);
      expect((await run(cwd, '--no-config')).code).toBe(1);
    });
  });

  it('keeps what an update did not look at', async () => {
    await withFiles(files, async cwd => {
      const path = join(cwd, 'causeway-baseline.json');
      await run(cwd, '--update-baseline');
      const before = readFileSync(path, 'utf8');
      expect((await run(cwd, 'a')).stdout).not.toContain('no longer found');
      expect((await run(cwd, 'a', '--update-baseline')).code).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(before);
      // From within a folder it is the same file.
      await run(join(cwd, 'b'), '--update-baseline');
      expect(readFileSync(path, 'utf8')).toBe(before);
      // What was mended is forgotten, what was not looked at is kept.
      writeFileSync(join(cwd, 'a/catalog-info.yaml'), system('a'));
      expect((await run(cwd, 'a')).stdout).toContain(
        '1 in the baseline no longer found',
      );
      await run(cwd, 'a', '--update-baseline');
      expect(filesIn(path)).toEqual(['b/catalog-info.yaml']);
      // So is what stood in a file that is gone.
      rmSync(join(cwd, 'b'), { recursive: true });
      expect((await run(cwd, 'a')).stdout).toContain(
        '1 in the baseline no longer found',
      );
      await run(cwd, 'a', '--update-baseline');
      expect(filesIn(path)).toEqual([]);
    });
  });

  it('that is named has to be there, unless it is being written', async () => {
    await withFiles(files, async cwd => {
      expect(await run(cwd, '--baseline', 'none.json')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(
          'none.json: The file is not there. Write it with --update-baseline',
        ),
      });
      mkdirSync(join(cwd, 'c'));
      writeFileSync(
        join(cwd, 'causeway.yaml'),
        'catalog: {validate: {baseline: ci/base.json}}\n',
      );
      mkdirSync(join(cwd, 'ci'));
      expect((await run(cwd)).code).toBe(2);
      expect((await run(join(cwd, 'a'), '--update-baseline')).code).toBe(0);
      expect(filesIn(join(cwd, 'ci/base.json'))).toEqual([
        'a/catalog-info.yaml',
      ]);
      const refused = await run(cwd, '--update-baseline', '--no-baseline');
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('contradict'),
      });
    });
  });
});
