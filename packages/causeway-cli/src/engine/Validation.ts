import { RuleSettings } from '../config/severity';
import { CatalogDocument, isMapping } from '../document/CatalogDocument';
import { Limits } from '../document/limits';
import { locate } from '../document/locate';
import { ParsedDocument, parseDocuments } from '../document/parseDocuments';
import { SourceFile } from '../document/SourceFile';
import { CompoundRef, displayRef, refKey } from '../references/entityRef';
import { EntitySet } from '../references/EntitySet';
import { readReferences } from '../references/readReferences';
import {
  DocumentContext,
  Inclusion,
  Rule,
  RuleEnvironment,
} from '../rules/rule';
import { readTemplate, TemplateModel } from '../templates/TemplateModel';
import { SchemaProblem } from '../model/SchemaValidator';
import { Findings } from './Findings';

/** Findings of one rule in one document; what has more is wrong as a whole. */
const mostOfOneRule = 200;

/**
 * One run of the rules: files are given one by one, then the rules over all of
 * them run. It reads nothing itself.
 */
export class Validation {
  readonly findings: Findings;
  readonly inclusions: Inclusion[] = [];
  documents = 0;
  readonly #rules: readonly Rule[];
  readonly #environment: RuleEnvironment;
  readonly #set: EntitySet;
  readonly #limits: Limits;
  readonly #active = new Map<RuleSettings, Rule[]>();

  constructor(options: {
    rules: readonly Rule[];
    environment: RuleEnvironment;
    set: EntitySet;
    findings: Findings;
    limits: Limits;
  }) {
    this.#rules = options.rules;
    this.#environment = options.environment;
    this.#set = options.set;
    this.findings = options.findings;
    this.#limits = options.limits;
  }

  get entities(): number {
    return this.#set.entities.length;
  }

  /** Checks one file by itself and tells of each document in it. */
  addFile(
    file: SourceFile,
    onDocument?: (document: CatalogDocument) => void,
  ): void {
    const rules = this.#activeRules(this.findings.settingsOf(file));
    let any = false;
    for (const parsed of parseDocuments(file, this.#limits)) {
      any = true;
      this.documents += 1;
      this.#checkDocument(parsed, rules);
      onDocument?.(parsed.document);
    }
    if (!any && file.problems.length === 0) {
      file.problems.push({
        rule: 'file-empty',
        message: 'The file holds no entity',
        help: 'Write one, or remove the file.',
        offset: 0,
        endOffset: 0,
      });
    }
    for (const rule of rules) {
      rule.checkFile?.(file, report =>
        this.findings.add(rule, report, { file }),
      );
    }
  }

  /** Runs the rules that need to know all entities. */
  finish(): void {
    const context = {
      ...this.#environment,
      set: this.#set,
      inclusions: this.inclusions,
    };
    const names = new Map(
      this.#set.entities.map(entity => [
        entity.document,
        displayRef(entity.ref),
      ]),
    );
    for (const rule of this.#rules) {
      rule.checkSet?.(context, report =>
        this.findings.add(rule, report, {
          file: report.document.file,
          document: report.document,
          entity: names.get(report.document),
        }),
      );
    }
  }

  #activeRules(settings: RuleSettings): Rule[] {
    let active = this.#active.get(settings);
    if (!active) {
      active = this.#rules.filter(rule => settings.get(rule.id) !== 'off');
      this.#active.set(settings, active);
    }
    return active;
  }

  #checkDocument(
    { document, tree }: ParsedDocument,
    rules: readonly Rule[],
  ): void {
    const context = this.#contextOf(document, tree);
    const { ref, references } = context;
    const entity = ref && displayRef(ref);
    for (const rule of rules) {
      let left = mostOfOneRule;
      rule.checkDocument?.(context, report => {
        left -= 1;
        if (left >= 0) {
          this.findings.add(rule, report, {
            file: document.file,
            document,
            placed: tree,
            entity,
          });
        } else {
          this.findings.drop(rule, document.file);
        }
      });
    }
    if (ref) {
      const { file, index, offset, endOffset } = document;
      this.#set.add({
        ref,
        key: refKey(ref),
        // The value is left behind, so that it can be collected.
        document: { file, index, offset, endOffset },
        references: references.flatMap(({ field, path, text, parsed }) =>
          parsed.ref
            ? [
                {
                  field,
                  path,
                  text,
                  target: parsed.ref,
                  key: refKey(parsed.ref),
                },
              ]
            : [],
        ),
      });
    }
  }

  #contextOf(
    document: CatalogDocument,
    tree: ParsedDocument['tree'],
  ): DocumentContext {
    const entity = document.value;
    const { kinds, validator } = this.#environment;
    const kind = kinds.lookUp(entity);
    const ref = refOf(entity, kind.found?.kind);
    let problems: readonly SchemaProblem[] | undefined;
    let template: TemplateModel | undefined;
    return {
      ...this.#environment,
      document,
      entity,
      ref,
      kind,
      references: kind.found
        ? readReferences(entity, kind.found, ref?.namespace ?? 'default')
        : [],
      schemaProblems: () => {
        problems ??= kind.found ? validator.check(kind.found, entity) : [];
        return problems;
      },
      template: () => {
        if (kind.found?.kind !== 'Template') {
          return undefined;
        }
        template ??= readTemplate(entity);
        return template;
      },
      tree,
      spanOf: ({ path, part }) => {
        const placed = tree();
        const span = locate(placed.tree, path, part ?? 'value');
        return {
          offset: span.offset + placed.shift,
          endOffset: span.endOffset + placed.shift,
        };
      },
    };
  }
}

function refOf(
  entity: CatalogDocument['value'],
  likelyKind: string | undefined,
): CompoundRef | undefined {
  const { metadata } = entity;
  const kind = likelyKind ?? entity.kind;
  if (typeof kind !== 'string' || !kind || !isMapping(metadata)) {
    return undefined;
  }
  const { name, namespace } = metadata;
  return typeof name === 'string' && name
    ? {
        kind,
        namespace:
          typeof namespace === 'string' && namespace ? namespace : 'default',
        name,
      }
    : undefined;
}
