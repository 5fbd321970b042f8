import { reportable, ValidationResult } from '../engine/Result';
import { Finding, isAtLeast } from '../findings/finding';
import { FormatOptions } from './format';

/**
 * JUnit XML for CI servers: one suite a file, one failed case a finding that
 * fails the run, and one passed case where there is none. Milder findings
 * stand in the suite's output.
 */
export function formatJunit(
  result: ValidationResult,
  options: FormatOptions,
): string {
  const byFile = new Map<string, Finding[]>();
  for (const { path } of result.files) {
    byFile.set(path, []);
  }
  for (const finding of reportable(result)) {
    const list = byFile.get(finding.file) ?? [];
    byFile.set(finding.file, list);
    list.push(finding);
  }
  const timestamp = options.startedAt.toISOString().slice(0, 19);
  const suites = [...byFile].map(([file, findings], id) =>
    suite({
      file,
      findings,
      id,
      timestamp,
      failOn: result.failOn,
      version: options.version,
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite(options: {
  file: string;
  findings: readonly Finding[];
  id: number;
  timestamp: string;
  failOn: 'error' | 'warning';
  version: string;
}): string {
  const { file, findings, id, timestamp, failOn, version } = options;
  const failing = findings.filter(one => isAtLeast(one.severity, failOn));
  const milder = findings.filter(one => !isAtLeast(one.severity, failOn));
  const cases = failing.length
    ? failing.map(finding => failedCase(file, finding)).join('')
    : `    <testcase name="valid" classname="${xml(file)}" time="0"/>\n`;
  const out = milder.map(
    one => `${place(one)} ${one.severity} ${one.message} (${one.rule})`,
  );
  return (
    `  <testsuite name="${xml(file)}" package="catalog" id="${id}" timestamp="${timestamp}" hostname="localhost" tests="${failing.length || 1}" failures="${failing.length}" errors="0" time="0">\n` +
    `    <properties>\n      <property name="tool" value="causeway ${xml(version)}"/>\n    </properties>\n${cases}` +
    `    <system-out>${xml(out.join('\n'))}</system-out>\n    <system-err/>\n  </testsuite>\n`
  );
}

function failedCase(file: string, finding: Finding): string {
  const text = [
    `${finding.file}:${place(finding)}`,
    finding.message,
    finding.help,
  ].filter(Boolean);
  return (
    `    <testcase name="${xml(`${finding.rule} at ${place(finding)}`)}" classname="${xml(file)}" time="0">\n` +
    `      <failure type="${xml(finding.rule)}" message="${xml(finding.message)}">${xml(text.join('\n'))}</failure>\n` +
    `    </testcase>\n`
  );
}

function place({ place: { line, column } }: Finding): string {
  return `${line}:${column}`;
}

/** Text as XML 1.0 can carry it: most control characters and lone surrogates it cannot. */
function xml(text: string): string {
  return text
    .replace(
      // eslint-disable-next-line no-control-regex -- control characters are what it looks for
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
      '\ufffd',
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
