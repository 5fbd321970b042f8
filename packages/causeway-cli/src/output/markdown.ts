import {
  countBySeverity,
  isFailed,
  reportable,
  ValidationResult,
} from '../engine/Result';
import { plainText } from './plainText';

/** Rows of the table; a comment on a pull request holds 65,536 characters. */
const mostRows = 200;

/** For a job's summary or a comment on a pull request. */
export function formatMarkdown(result: ValidationResult): string {
  const counts = countBySeverity(result);
  const shown = reportable(result);
  const lines = [
    '## Catalog validation',
    '',
    `${isFailed(result) ? '❌' : '✅'} ${counts.error} errors, ${counts.warning} warnings in ${result.entities} entities of ${result.files.length} files`,
  ];
  if (shown.length > 0) {
    lines.push(
      '',
      '| severity | place | what | rule |',
      '| --- | --- | --- | --- |',
    );
    for (const finding of shown.slice(0, mostRows)) {
      const { file, place, message, help } = finding;
      lines.push(
        `| ${finding.severity} | ${code(`${file}:${place.line}:${place.column}`)} | ${escape(message)}${help ? `<br>${escape(help)}` : ''} | ${code(finding.rule)} |`,
      );
    }
  }
  if (shown.length > mostRows) {
    lines.push('', `${shown.length - mostRows} more are not listed.`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text from catalog files cannot become a link, a mention, an image or HTML. */
function escape(text: string): string {
  return plainText(text)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');
}

function code(text: string): string {
  const safe = plainText(text).replace(/\|/g, '\\|');
  const fence = safe.includes('`') ? '``' : '`';
  return `${fence}${safe}${fence}`;
}
