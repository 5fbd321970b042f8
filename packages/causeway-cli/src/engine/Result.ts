import { posix } from 'node:path';
import { SourceFile } from '../document/SourceFile';
import { Finding, isAtLeast, Severity } from '../findings/finding';

/** What a run came to. */
export interface ValidationResult {
  /** Sorted by file and place. */
  findings: readonly Finding[];
  /** Findings beyond the bound, by severity. */
  dropped: Readonly<Record<Severity, number>>;
  /** Findings that comments suppress. */
  suppressed: number;
  /** Findings that the baseline tolerates. */
  tolerated: number;
  /** Entries of the baseline that nothing corresponds to any more. */
  stale: number;
  files: readonly SourceFile[];
  entities: number;
  /** Files of templates' skeletons, which were left out. */
  skeletons: number;
  /** Patterns of schemas that took too long to be tried. */
  givenUpPatterns: readonly string[];
  failOn: 'error' | 'warning';
  /** Way from the repository's root to the working directory, with forward slashes; empty where they are one. */
  folder: string;
}

/** Numbers of findings by severity, those beyond the bound included. */
export function countBySeverity(
  result: Pick<ValidationResult, 'findings' | 'dropped'>,
): Record<Severity, number> {
  const counts = { ...result.dropped };
  for (const { severity } of result.findings) {
    counts[severity] += 1;
  }
  return counts;
}

/** Whether the run fails: something is at least as severe as asked for. Notes never count. */
export function isFailed(result: ValidationResult): boolean {
  const counts = countBySeverity(result);
  return (['error', 'warning'] as const).some(
    severity => isAtLeast(severity, result.failOn) && counts[severity] > 0,
  );
}

/** Path of a finding's file from the repository's root, as code hosts want it. */
export function pathInRepository(
  { folder }: Pick<ValidationResult, 'folder'>,
  file: string,
): string {
  return folder && !file.includes('://') ? posix.join(folder, file) : file;
}

/**
 * Findings that a reader elsewhere should see: that a reference could not be
 * judged says something about the run, not about the line.
 */
export function reportable(
  result: Pick<ValidationResult, 'findings'>,
): readonly Finding[] {
  return result.findings.filter(
    ({ rule, severity }) =>
      rule !== 'reference-unjudged' || severity !== 'note',
  );
}
