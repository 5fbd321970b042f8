import { createHash } from 'node:crypto';
import { RuleSettings, Severities } from '../config/severity';
import { DocumentSpan } from '../document/CatalogDocument';
import { locate, PlacedTree, reparse, Span } from '../document/locate';
import { SourceFile } from '../document/SourceFile';
import { Finding, Severity } from '../findings/finding';
import { writeScalar } from '../fix/writeScalar';
import { DocumentPlace, Report, Rule } from '../rules/rule';
import { pathInRepository } from './Result';

/** Where a report comes from. */
export interface Origin {
  file: SourceFile;
  document?: DocumentSpan;
  /** The document's tree while it is there. */
  placed?: () => PlacedTree;
  entity?: string;
}

/** Findings that are kept beyond the bound when they say what was not read. */
const boundsKept = 1000;

/** Trees that are kept for findings made after a document's own rules. */
const treesKept = 64;

/** Turns reports into findings: severity, exact place, fingerprint. */
export class Findings {
  readonly list: Finding[] = [];
  /** Findings beyond the bound, by severity. */
  readonly dropped: Record<Severity, number> = {
    error: 0,
    warning: 0,
    note: 0,
  };
  readonly #severities: Severities;
  readonly #workingFolder: string;
  readonly #folder: string;
  readonly #max: number;
  readonly #trees = new Map<DocumentSpan, PlacedTree>();
  readonly #fingerprints = new Map<string, number>();

  constructor(options: {
    severities: Severities;
    workingFolder: string;
    /** Way from the repository's root to the working directory. */
    folder: string;
    max: number;
  }) {
    this.#severities = options.severities;
    this.#workingFolder = options.workingFolder;
    this.#folder = options.folder;
    this.#max = options.max;
  }

  settingsOf(file: SourceFile): RuleSettings {
    return this.#severities.forFile(file.path, this.#workingFolder);
  }

  add(rule: Rule, report: Report, origin: Origin): void {
    const { file } = origin;
    const severity = this.settingsOf(file).get(rule.id) ?? rule.severity;
    if (severity === 'off') {
      return;
    }
    if (this.list.length >= this.#max + (rule.isBound ? boundsKept : 0)) {
      this.dropped[severity] += 1;
      return;
    }
    const span = report.span ?? this.#locate(origin, report.at);
    this.list.push({
      rule: rule.id,
      severity,
      message: report.message,
      help: report.help,
      file: file.path,
      place: file.lines.place(span.offset, span.endOffset),
      entity: origin.entity,
      related: report.related?.map(({ message, document, at }) => {
        const other = this.#locate({ file: document.file, document }, at);
        return {
          message,
          file: document.file.path,
          place: document.file.lines.place(other.offset, other.endOffset),
        };
      }),
      fix: toFix(report, span, origin),
      fingerprint: this.#fingerprint(rule.id, report, origin),
    });
  }

  /** Counts a finding without keeping it. */
  drop(rule: Rule, file: SourceFile): void {
    const severity = this.settingsOf(file).get(rule.id) ?? rule.severity;
    if (severity !== 'off') {
      this.dropped[severity] += 1;
    }
  }

  #locate(origin: Origin, at: DocumentPlace | undefined): Span {
    const { document } = origin;
    if (!document) {
      return { offset: 0, endOffset: 0 };
    }
    const placed = origin.placed?.() ?? this.#treeOf(document);
    const span = locate(placed.tree, at?.path ?? [], at?.part ?? 'value');
    return {
      offset: span.offset + placed.shift,
      endOffset: span.endOffset + placed.shift,
    };
  }

  #treeOf(document: DocumentSpan): PlacedTree {
    let placed = this.#trees.get(document);
    if (!placed) {
      placed = reparse(document);
      if (this.#trees.size >= treesKept) {
        this.#trees.delete(this.#trees.keys().next().value!);
      }
      this.#trees.set(document, placed);
    }
    return placed;
  }

  /** The same as long as the same is wrong with the same entity, wherever it moves within its file. */
  #fingerprint(rule: string, report: Report, origin: Origin): string {
    const path = (report.at?.path ?? []).map(step =>
      typeof step === 'number' ? '*' : step,
    );
    const base = JSON.stringify([
      rule,
      // The same from wherever in the repository the check is run.
      pathInRepository({ folder: this.#folder }, origin.file.path),
      origin.entity ?? '',
      path,
      report.message,
    ]);
    const count = this.#fingerprints.get(base) ?? 0;
    this.#fingerprints.set(base, count + 1);
    return createHash('sha256')
      .update(count === 0 ? base : `${base}#${count}`)
      .digest('hex')
      .slice(0, 16);
  }
}

function toFix(
  { fix, at }: Report,
  span: Span,
  { file }: Origin,
): Finding['fix'] {
  if (!fix || 'edits' in fix) {
    return fix;
  }
  const text = writeScalar(
    file.text.slice(span.offset, span.endOffset),
    fix.replaceWith,
  );
  return text === undefined || !at?.path.length
    ? undefined
    : {
        edits: [{ ...span, text }],
        change: {
          path: at.path,
          part: at.part ?? 'value',
          value: fix.replaceWith,
        },
      };
}
