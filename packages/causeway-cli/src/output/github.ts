import {
  pathInRepository,
  reportable,
  ValidationResult,
} from '../engine/Result';
import { Severity } from '../findings/finding';
import { plainText } from './plainText';

const commands: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** Workflow commands, which GitHub Actions turns into annotations of the changed lines. */
export function formatGithub(result: ValidationResult): string {
  return reportable(result)
    .map(({ severity, file, place, rule, message, help, related }) => {
      const properties = {
        file: pathInRepository(result, file),
        line: place.line,
        endLine: place.endLine,
        col: place.column,
        endColumn: place.endColumn,
        title: rule,
      };
      const written = Object.entries(properties)
        .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
        .join(',');
      return `::${commands[severity]} ${written}::${escapeData(
        [
          message,
          help,
          ...(related ?? []).map(
            other =>
              `${other.message}: ${pathInRepository(result, other.file)}:${other.place.line}`,
          ),
        ]
          .filter(text => text !== undefined)
          .map(plainText)
          .join('\n'),
      )}\n`;
    })
    .join('');
}

/** The escapes that the runner undoes; without them text could begin a command of its own. */
function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
