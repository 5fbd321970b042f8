import { writeFileSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import { isMapping } from '../document/CatalogDocument';
import { parseData } from '../document/parseData';
import { Finding } from '../findings/finding';
import { readBounded } from '../input/readBounded';

const maxBytes = 50 * 1024 * 1024;

/** One finding that is tolerated; all but the fingerprint is there for people and for partial runs. */
export interface BaselineEntry {
  fingerprint: string;
  rule: string;
  /** Path from the repository's root. */
  file: string;
  message: string;
}

/** Findings that were there when a repository began to be checked. */
export interface Baseline {
  entries: readonly BaselineEntry[];
}

/** Reads a baseline file. One that is not there is empty where it is about to be written, and a fault elsewhere. */
export function readBaseline(
  path: string,
  options: { mayBeAbsent: boolean },
): Baseline {
  const read = readBounded(path, maxBytes);
  if (!read.bytes) {
    const absent = read.message === 'The file is not there';
    if (absent && options.mayBeAbsent) {
      return { entries: [] };
    }
    throw new InputError(
      `The baseline ${path}: ${read.message}${
        absent ? '. Write it with --update-baseline, or correct the path' : ''
      }`,
    );
  }
  const data = parseData(read.bytes.toString('utf8'), path);
  const findings = isMapping(data) ? data.findings : undefined;
  if (
    !Array.isArray(findings) ||
    (data as { version?: unknown }).version !== 1
  ) {
    throw new InputError(
      `The baseline ${path} is not one: write it with --update-baseline`,
    );
  }
  return {
    entries: findings
      .filter(isMapping)
      .filter(({ fingerprint }) => typeof fingerprint === 'string')
      .map(({ fingerprint, rule, file, message }) => ({
        fingerprint: fingerprint as string,
        rule: String(rule ?? ''),
        file: String(file ?? ''),
        message: String(message ?? ''),
      })),
  };
}

/** The baseline that tolerates these findings, and of the old one what this run could not judge. */
export function updateBaseline(
  old: Baseline,
  findings: readonly Finding[],
  options: {
    pathOf: (finding: Finding) => string;
    isJudged: (file: string) => boolean;
  },
): Baseline {
  const fresh = findings
    // What never fails needs no toleration.
    .filter(({ severity }) => severity !== 'note')
    .map(finding => ({
      fingerprint: finding.fingerprint,
      rule: finding.rule,
      file: options.pathOf(finding),
      message: finding.message,
    }));
  return {
    entries: [
      ...fresh,
      ...old.entries.filter(({ file }) => !options.isJudged(file)),
    ],
  };
}

/** Writes a baseline, sorted, so that a change of one finding is a change of one line. */
export function writeBaseline(path: string, { entries }: Baseline): void {
  const lines = entries
    .map(({ fingerprint, rule, file, message }) =>
      JSON.stringify({ fingerprint, rule, file, message }),
    )
    .sort();
  const body = lines.length ? `\n    ${lines.join(',\n    ')}\n  ` : '';
  try {
    writeFileSync(path, `{\n  "version": 1,\n  "findings": [${body}]\n}\n`);
  } catch (error) {
    throw new InputError(
      `The baseline ${path} cannot be written (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** Parts findings by whether the baseline tolerates them, and counts what it tolerates in vain. */
export function applyBaseline(
  { entries }: Baseline,
  findings: readonly Finding[],
  isJudged: (file: string) => boolean,
): { kept: Finding[]; tolerated: number; stale: number } {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  const used = new Set<string>();
  const kept = findings.filter(({ fingerprint }) => {
    const tolerated = known.has(fingerprint);
    if (tolerated) {
      used.add(fingerprint);
    }
    return !tolerated;
  });
  return {
    kept,
    tolerated: findings.length - kept.length,
    stale: entries.filter(
      ({ fingerprint, file }) => !used.has(fingerprint) && isJudged(file),
    ).length,
  };
}
