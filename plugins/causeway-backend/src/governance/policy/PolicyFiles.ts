import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  policyHash,
  readPolicyFiles,
  type PolicyProblem,
} from '@causeway/backstage-plugin-causeway-common/policy';
import { contentHash } from '../../estate/contentHash';
import { builtIn } from './builtIn';
import type { Candidate } from './nextPolicy';

/** Most bytes of one file that are read. */
const maxBytes = 1024 * 1024;

/** The files of the policy that configuration names, read again when they change. */
export class PolicyFiles {
  readonly #paths: readonly string[];

  #seen: string | undefined;

  #candidate: Candidate | undefined;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** What the files say now; `fresh` once after every change. */
  async look(): Promise<Candidate> {
    const seen = await this.#fingerprint();
    if (seen === this.#seen && this.#candidate) {
      return 'invalid' in this.#candidate
        ? this.#candidate
        : { ...this.#candidate, fresh: false };
    }
    const candidate = await this.#read();
    this.#seen = seen;
    this.#candidate = candidate;
    return candidate;
  }

  async #fingerprint(): Promise<string> {
    const parts = await Promise.all(
      this.#paths.map(async path => {
        try {
          const { mtimeMs, size, ino } = await stat(path);
          return `${mtimeMs}:${size}:${ino}`;
        } catch (error) {
          return (error as NodeJS.ErrnoException).code ?? 'unreadable';
        }
      }),
    );
    return parts.join(' ');
  }

  async #read(): Promise<Candidate> {
    if (this.#paths.length === 0) {
      return { fresh: true, policy: builtIn };
    }
    const files: { file: string; text: string }[] = [];
    for (const path of this.#paths) {
      try {
        const { size } = await stat(path);
        if (size > maxBytes) {
          return { invalid: `${path} has more than ${maxBytes} bytes` };
        }
        files.push({ file: path, text: await readFile(path, 'utf8') });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return { invalid: `${path} cannot be read (${code ?? error})` };
      }
    }
    const { document, problems } = readPolicyFiles(files);
    if (!document) {
      return { invalid: describe(problems) };
    }
    return {
      fresh: true,
      policy: {
        hash: policyHash(document, contentHash),
        origin: this.#paths.map(path => basename(path)).join(', '),
        document,
      },
    };
  }
}

function describe(problems: readonly PolicyProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const told = errors
    .slice(0, 5)
    .map(
      ({ file, line, column, message }) =>
        `${basename(file)}:${line}:${column} ${message}`,
    );
  const rest = errors.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
