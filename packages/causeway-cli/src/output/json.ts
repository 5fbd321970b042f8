import { countBySeverity, isFailed, ValidationResult } from '../engine/Result';
import { FormatOptions } from './format';

/** For programs: everything there is, under a version of its own. */
export function formatJson(
  result: ValidationResult,
  options: FormatOptions,
): string {
  const counts = countBySeverity(result);
  return `${JSON.stringify(
    {
      version: 1,
      tool: { name: 'causeway', version: options.version },
      failed: isFailed(result),
      summary: {
        errors: counts.error,
        warnings: counts.warning,
        notes: counts.note,
        unlisted: Object.values(result.dropped).reduce((a, b) => a + b, 0),
        suppressed: result.suppressed,
        tolerated: result.tolerated,
        staleBaseline: result.stale,
        skeletons: result.skeletons,
        files: result.files.length,
        entities: result.entities,
        durationMs: Math.round(options.duration),
      },
      findings: result.findings.map(({ fix, ...finding }) => ({
        ...finding,
        fixable: Boolean(fix),
      })),
    },
    undefined,
    2,
  )}\n`;
}
