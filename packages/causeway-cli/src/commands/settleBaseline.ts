import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  applyBaseline,
  readBaseline,
  updateBaseline,
  writeBaseline,
} from '../baseline/baseline';
import { Arguments } from '../cli/parseArguments';
import { Settings } from '../config/Settings';
import { pathInRepository, ValidationResult } from '../engine/Result';

/** Name of the baseline where neither the command nor the configuration gives one. */
const usualName = 'causeway-baseline.json';

/** The result without what the baseline tolerates; writes the baseline where that is asked for. */
export function settleBaseline(
  args: Arguments,
  settings: Settings,
  result: ValidationResult,
  options: {
    cwd: string;
    repository: string;
    write: (text: string) => void;
  },
): ValidationResult {
  const update = args.flag('update-baseline');
  if (args.flag('no-baseline')) {
    if (update) {
      throw new InputError('--no-baseline and --update-baseline contradict');
    }
    return result;
  }
  const usual = args.flag('no-config') && !update ? undefined : find(options);
  const path =
    settings.baseline ?? usual ?? (update ? fresh(options) : undefined);
  if (!path) {
    return result;
  }
  const isJudged = judge(result, options.repository);
  const old = readBaseline(path, { mayBeAbsent: update });
  if (!update) {
    const { kept, tolerated, stale } = applyBaseline(
      old,
      result.findings,
      isJudged,
    );
    return { ...result, findings: kept, tolerated, stale };
  }
  const updated = updateBaseline(old, result.findings, {
    pathOf: ({ file }) => pathInRepository(result, file),
    isJudged,
  });
  writeBaseline(path, updated);
  options.write(`The baseline stands in ${path}\n`);
  return {
    ...result,
    ...applyBaseline(updated, result.findings, isJudged),
    findings: [],
  };
}

/** The baseline in the working directory or the nearest one above it within the repository. */
function find(options: {
  cwd: string;
  repository: string;
}): string | undefined {
  let folder = options.cwd;
  for (;;) {
    const path = join(folder, usualName);
    if (existsSync(path)) {
      return path;
    }
    if (folder === options.repository || folder === dirname(folder)) {
      return undefined;
    }
    folder = dirname(folder);
  }
}

function fresh({ cwd }: { cwd: string }): string {
  return join(cwd, usualName);
}

/** Whether a run can tell that a finding is gone: it looked at the file, or the file is no longer there. */
function judge(
  result: ValidationResult,
  repository: string,
): (file: string) => boolean {
  const checked = new Set(
    result.files.map(({ path }) => pathInRepository(result, path)),
  );
  return file =>
    checked.has(file) ||
    !(file.includes('://') || existsSync(join(repository, file)));
}
