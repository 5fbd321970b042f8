import { writeFileSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import { isMapping } from '../document/CatalogDocument';
import { parseData } from '../document/parseData';
import { Finding } from '../findings/finding';
import { readBounded } from '../input/readBounded';

const maxBytes = 50 * 1024 * 1024;

/** Findings that were there when a repository began to be checked. */
export interface Baseline {
  fingerprints: ReadonlySet<string>;
}

/** Reads a baseline file. One that is not there is empty, so that the first run can write it. */
export function readBaseline(path: string): Baseline {
  const read = readBounded(path, maxBytes);
  if (!read.bytes) {
    if (read.message === 'The file is not there') {
      return { fingerprints: new Set() };
    }
    throw new InputError(`The baseline ${path}: ${read.message}`);
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
    fingerprints: new Set(
      findings
        .filter(isMapping)
        .map(finding => finding.fingerprint)
        .filter(one => typeof one === 'string'),
    ),
  };
}

/** Writes all findings as the new baseline; rule, file and message are there for people. */
export function writeBaseline(
  path: string,
  findings: readonly Finding[],
): void {
  const lines = findings
    // What never fails needs no toleration.
    .filter(({ severity }) => severity !== 'note')
    .map(({ fingerprint, rule, file, message }) =>
      JSON.stringify({ fingerprint, rule, file, message }),
    )
    .sort();
  const body = lines.length ? `\n    ${lines.join(',\n    ')}\n  ` : '';
  writeFileSync(path, `{\n  "version": 1,\n  "findings": [${body}]\n}\n`);
}

/** Parts findings by whether the baseline tolerates them, and counts what it tolerates in vain. */
export function applyBaseline(
  baseline: Baseline,
  findings: readonly Finding[],
): { kept: Finding[]; tolerated: number; stale: number } {
  const used = new Set<string>();
  const kept = findings.filter(({ fingerprint }) => {
    const known = baseline.fingerprints.has(fingerprint);
    if (known) {
      used.add(fingerprint);
    }
    return !known;
  });
  return {
    kept,
    tolerated: findings.length - kept.length,
    stale: baseline.fingerprints.size - used.size,
  };
}
