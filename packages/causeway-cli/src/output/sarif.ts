import type { Location, Result } from 'sarif';
import type { SarifResultBuilder } from 'node-sarif-builder';
import {
  pathInRepository,
  reportable,
  ValidationResult,
} from '../engine/Result';
import { Finding, Place, Severity } from '../findings/finding';
import { getRule } from '../rules';
import { rulePage } from '../rules/page';
import { FormatOptions } from './format';

const levels: Record<Severity, Result.level> = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

/** Loaded here, because most runs ask for another format. */
function library() {
  return require('node-sarif-builder') as typeof import('node-sarif-builder');
}

/** SARIF 2.1.0, for code scanning. */
export function formatSarif(
  result: ValidationResult,
  options: FormatOptions,
): string {
  const { SarifBuilder, SarifRuleBuilder, SarifRunBuilder } = library();
  const run = new SarifRunBuilder().initSimple({
    toolDriverName: 'causeway',
    toolDriverVersion: options.version,
    url: 'https://github.com/causeway-dev/causeway',
  });
  run.run.columnKind = 'utf16CodeUnits';
  const findings = reportable(result);
  for (const id of new Set(findings.map(({ rule }) => rule))) {
    const rule = getRule(id)!;
    const builder = new SarifRuleBuilder().initSimple({
      ruleId: id,
      shortDescriptionText: rule.description,
      helpUri: rulePage(id),
    });
    builder.rule.name = id;
    builder.rule.properties = { tags: ['catalog', rule.category] };
    run.addRule(builder);
  }
  const toUri = (file: string) => uriOf(pathInRepository(result, file));
  for (const finding of findings) {
    run.addResult(toResult(finding, toUri));
  }
  const sarif = new SarifBuilder();
  sarif.addRun(run);
  return `${sarif.buildSarifJsonString({ indent: true })}\n`;
}

function toResult(
  finding: Finding,
  toUri: (file: string) => string,
): SarifResultBuilder {
  const builder = new (library().SarifResultBuilder)();
  builder.setLevel(levels[finding.severity]);
  builder.setRuleId(finding.rule);
  builder.setMessageText(
    finding.help ? `${finding.message}\n${finding.help}` : finding.message,
  );
  builder.result.locations = [toLocation(toUri(finding.file), finding.place)];
  builder.result.partialFingerprints = {
    'causeway/v1': finding.fingerprint,
  };
  if (finding.related?.length) {
    builder.result.relatedLocations = finding.related.map((other, id) => ({
      id,
      message: { text: other.message },
      ...toLocation(toUri(other.file), other.place),
    }));
  }
  return builder;
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}

function toLocation(uri: string, place: Place): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: {
        startLine: place.line,
        startColumn: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
      },
    },
  };
}
