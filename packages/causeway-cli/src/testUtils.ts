import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from './standalone';

/** What a run of the command gave. */
export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command within this process. */
export async function runCli(
  args: string[],
  options: {
    cwd: string;
    stdin?: string | Uint8Array;
    env?: Record<string, string>;
  },
): Promise<CliResult> {
  const result: CliResult = { code: -1, stdout: '', stderr: '' };
  async function* stdin() {
    yield Buffer.from(options.stdin ?? '');
  }
  result.code = await main(args, {
    cwd: options.cwd,
    env: options.env ?? {},
    stdin: stdin(),
    stdout: { write: text => void (result.stdout += text), isTerminal: false },
    stderr: { write: text => void (result.stderr += text), isTerminal: false },
    now: () => new Date('2026-01-02T03:04:05Z'),
  });
  return result;
}

/** Files by path. */
export type FileTree = Record<string, string | Uint8Array>;

/** Writes files into a new folder, gives it to the callback, and removes it. */
export async function withFiles<T>(
  files: FileTree,
  use: (folder: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-cli-'));
  try {
    // A repository's root, beyond which nothing is read.
    mkdirSync(join(folder, '.git'));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding as the JSON output gives it. */
export interface JsonFinding {
  rule: string;
  severity: string;
  message: string;
  help?: string;
  file: string;
  place: { line: number; column: number; endLine: number; endColumn: number };
  entity?: string;
  fingerprint: string;
  fixable: boolean;
}

/** Validates files and gives the findings of the JSON output. */
export async function validateTree(
  files: FileTree,
  args: string[] = [],
): Promise<{
  code: number;
  findings: JsonFinding[];
  stderr: string;
  output: any;
}> {
  return withFiles(files, async cwd => {
    const { code, stdout, stderr } = await runCli(
      ['catalog', 'validate', '--format', 'json', ...args],
      { cwd },
    );
    const output = stdout ? JSON.parse(stdout) : undefined;
    return { code, findings: output?.findings ?? [], stderr, output };
  });
}
