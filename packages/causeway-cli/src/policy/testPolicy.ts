import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { CompiledPolicy } from '@causeway/backstage-plugin-causeway-common/policy';
import { completeInput } from './completeInput';
import { Difference, differencesOf } from './differences';
import { policyLibrary } from './policyLibrary';
import { PolicyCase, readCases } from './readCases';
import { readFiles } from './readFiles';

/** What came of one case. */
export interface CaseResult {
  file: string;
  line: number;
  name: string;
  differences: Difference[];
  /** What the policy said, in a sentence. */
  summary: string;
  decidedBy: string;
}

/** Runs every case below the named files and folders. */
export function testPolicy(
  paths: readonly string[],
  options: { workingFolder: string },
): CaseResult[] {
  const { workingFolder } = options;
  const policies = new Map<string, CompiledPolicy>();
  return paths
    .map(path => resolve(workingFolder, path))
    .flatMap(named =>
      findCaseFiles(named).flatMap(path =>
        readCases(path, { workingFolder, isNamed: path === named }),
      ),
    )
    .map(one => {
      const key = one.policy.join('\n');
      const policy = policies.get(key) ?? loadPolicy(one, workingFolder);
      policies.set(key, policy);
      return runCase(one, policy);
    });
}

function runCase(one: PolicyCase, policy: CompiledPolicy): CaseResult {
  const assessment = policyLibrary().assess(
    policy,
    completeInput(one.input, policy.document),
  );
  return {
    file: one.file,
    line: one.line,
    name: one.name,
    differences: differencesOf(one.expect, assessment),
    summary: assessment.summary,
    decidedBy: assessment.decidedBy,
  };
}

function loadPolicy(one: PolicyCase, workingFolder: string): CompiledPolicy {
  const { readPolicyFiles, compilePolicy, policyHash } = policyLibrary();
  const { document, problems } = readPolicyFiles(
    readFiles(one.policy, { folder: workingFolder, workingFolder }),
  );
  if (!document) {
    const [{ file, line, column, message }] = problems.filter(
      ({ severity }) => severity === 'error',
    );
    throw new InputError(
      `The policy of ${one.file}:${one.line} has errors: ${file}:${line}:${column} ${message}. "causeway policy check" lists them.`,
    );
  }
  const hash = policyHash(document, text =>
    createHash('sha256').update(text).digest('hex'),
  );
  return compilePolicy(document, { hash });
}

function findCaseFiles(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new InputError(`${path} is not there`);
  }
  if (!isFolder) {
    return [path];
  }
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const below = join(path, entry.name);
      if (entry.isDirectory()) {
        return findCaseFiles(below);
      }
      return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [below] : [];
    });
}
