import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '..', '..', '..');

/** Runs the command; resolves when it is ready or has ended. */
async function run(...args: string[]) {
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(__dirname, 'main.ts'),
      ...args,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Without jest's own environment, as a shell starts it.
      env: { PATH: process.env.PATH },
    },
  );
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', data => {
    errors += data;
  });
  const ended = new Promise<number | null>(resolve => {
    child.on('close', code => resolve(code));
  });
  const ready = new Promise<void>(resolve => {
    createInterface({ input: child.stdout }).on('line', line => {
      lines.push(line);
      if (line === 'ready') {
        resolve();
      }
    });
  });
  await Promise.race([ready, ended]);
  return { child, lines, ended, errors: () => errors };
}

describe('the command', () => {
  let dataDir: string;
  let blocker: Server | undefined;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'estate-'));
  });
  afterEach(async () => {
    rmSync(dataDir, { recursive: true });
    await new Promise<void>(resolve => {
      if (blocker) {
        blocker.close(() => resolve());
      } else {
        resolve();
      }
    });
    blocker = undefined;
  });

  it('starts, keeps its tokens to itself and from start to start, and ends', async () => {
    const tokens: unknown[] = [];
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, lines, ended, errors } = await run(
        '--http-port',
        '0',
        '--https-port',
        '0',
        '--data-dir',
        dataDir,
        '--life',
      );
      expect([lines, errors()]).toEqual([
        [
          expect.stringMatching(
            /^GitHub and Argo CD at http:\/\/127\.0\.0\.1:\d+$/,
          ),
          expect.stringMatching(
            /^Kubernetes at https:\/\/127\.0\.0\.1:\d+\/clusters$/,
          ),
          'ready',
        ],
        '',
      ]);
      const environment = JSON.parse(
        readFileSync(join(dataDir, 'environment.json'), 'utf8'),
      );
      tokens.push(environment.urls.github.token);
      const about = await fetch(`${environment.urls.http}/simulator/v1/about`);
      const body = await about.json();
      expect(body).toMatchObject({
        simulator: 'causeway-estate-simulator',
        company: 'Meridian',
        origins: [environment.urls.http, environment.urls.https],
      });
      expect(
        body.personas.filter(
          (persona: { default?: boolean }) => persona.default,
        ),
      ).toEqual([expect.objectContaining({ login: 'ada-okafor' })]);
      expect(JSON.stringify(body)).not.toContain(environment.urls.github.token);
      for (const file of [
        'credentials.json',
        'environment.json',
        'kubeconfig',
        'kubeconfig-admin',
      ]) {
        // eslint-disable-next-line no-bitwise -- the permission bits of a mode
        expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
      }
      child.kill(signal);
      expect(await ended).toBe(0);
    }
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[0]).toMatch(/^ghp_simulated.{32}$/);
  }, 60_000);

  it('names the port that is taken, and the option', async () => {
    blocker = createServer();
    await new Promise<void>(resolve => {
      blocker!.listen(0, '127.0.0.1', resolve);
    });
    const { port } = blocker.address() as AddressInfo;
    const { ended, errors } = await run(
      '--http-port',
      '0',
      '--https-port',
      String(port),
      '--data-dir',
      dataDir,
    );
    expect(await ended).toBe(2);
    expect(errors()).toContain(`port ${port} of 127.0.0.1 is taken`);
    expect(errors()).toContain('--https-port');
  }, 60_000);

  it('explains wrong options', async () => {
    const { ended, errors } = await run('--http-port', 'many');
    expect(await ended).toBe(2);
    expect(errors()).toContain("--http-port takes a whole number, not 'many'");
    expect(errors()).toContain('Usage:');
  }, 60_000);

  it('makes up an estate of another size', async () => {
    const { child, lines, ended, errors } = await run(
      ...['--http-port', '0', '--https-port', '0', '--data-dir', dataDir],
      ...['--generate', '300', '--clusters', '5', '--seed', '7'],
    );
    expect([lines.at(-1), errors()]).toEqual(['ready', '']);
    const { urls } = JSON.parse(
      readFileSync(join(dataDir, 'environment.json'), 'utf8'),
    );
    const { token } = urls.kubernetes['production-03'];
    const response = await fetch(
      `${urls.http}/clusters/production-03/apis/apps/v1/deployments`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect((await response.json()).items.length).toBeGreaterThan(5);
    child.kill();
    expect(await ended).toBe(0);
    const wrong = await run('--generate', '300', '--life');
    expect(await wrong.ended).toBe(2);
    expect(wrong.errors()).toContain('leave it out with --generate');
  }, 60_000);
});
