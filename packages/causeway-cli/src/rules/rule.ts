import {
  CatalogDocument,
  DocumentPath,
  DocumentSpan,
  RawEntity,
} from '../document/CatalogDocument';
import { Part, PlacedTree, Span } from '../document/locate';
import { SourceFile } from '../document/SourceFile';
import { Edit, RuleSetting } from '../findings/finding';
import { CatalogKinds, KindLookup } from '../model/CatalogKinds';
import { SchemaProblem, SchemaValidator } from '../model/SchemaValidator';
import { CompoundRef } from '../references/entityRef';
import { EntitySet } from '../references/EntitySet';
import { ReferenceText } from '../references/readReferences';
import { ActionCatalog } from '../templates/ActionCatalog';
import { TemplateModel } from '../templates/TemplateModel';

/** What a rule is about; the documentation groups by it. */
export type RuleCategory =
  | 'files'
  | 'structure'
  | 'references'
  | 'annotations'
  | 'templates'
  | 'suppressions';

/** A place in a document: a path, and whether its key or its value is meant. */
export interface DocumentPlace {
  path: DocumentPath;
  part?: Part;
}

/** What a rule says about one place. */
export interface Report {
  message: string;
  help?: string;
  /** Place in the document that is being checked; the document's start without it. */
  at?: DocumentPlace;
  /** Place as offsets, where there is no document. */
  span?: Span;
  related?: {
    message: string;
    document: DocumentSpan;
    at?: DocumentPlace;
  }[];
  /** The scalar that belongs in the place, or edits that change nothing but the order. */
  fix?: { replaceWith: string } | { edits: Edit[] };
}

/** What is there of the file system: whether things exist, nothing more. */
export interface FileProbe {
  /** What stands at a path relative to the file's folder. */
  kindOf(
    file: SourceFile,
    relative: string,
  ): 'file' | 'folder' | 'outside' | undefined;
  /** Whether some file matches a pattern relative to the file's folder. */
  matches(file: SourceFile, pattern: string): 'file' | 'outside' | undefined;
  /** Text of a small file relative to the file's folder. */
  read(file: SourceFile, relative: string): string | undefined;
}

/** Format of an annotation: a pattern with words for people. */
export interface AnnotationFormat {
  pattern?: RegExp;
  expected?: string;
}

/** What a rule may know besides the document. */
export interface RuleEnvironment {
  kinds: CatalogKinds;
  validator: SchemaValidator;
  probe: FileProbe;
  actions: ActionCatalog;
  /** Known annotations and their format, from the model and the configuration. */
  annotations: ReadonlyMap<string, AnnotationFormat>;
  /** Names of field extensions that templates may use besides the built-in ones. */
  templateFields: ReadonlySet<string>;
  /** Filters and global functions that templates may use besides the built-in ones. */
  templateFilters: ReadonlySet<string>;
}

/** One entity document while its tree is there. */
export interface DocumentContext extends RuleEnvironment {
  document: CatalogDocument;
  entity: RawEntity;
  /** Reference of the entity where its envelope gives one. */
  ref: CompoundRef | undefined;
  kind: KindLookup;
  references: readonly ReferenceText[];
  /** Where the entity breaks its kind's schema; computed once. */
  schemaProblems(): readonly SchemaProblem[];
  /** The template's inside, for documents of that kind. */
  template(): TemplateModel | undefined;
  /** The document's syntax tree. */
  tree: () => PlacedTree;
  /** Where the key or the value at a path stands in the file. */
  spanOf(place: DocumentPlace): Span;
}

/** What a rule over all entities gets. */
export interface SetContext extends RuleEnvironment {
  set: EntitySet;
  /** Which file each Location takes in. */
  inclusions: readonly Inclusion[];
}

/** A Location that takes a file in. */
export interface Inclusion {
  document: DocumentSpan;
  path: DocumentPath;
  /** Absolute path or URL of the file that the Location stands in, and of the one it takes in. */
  from: string;
  to: string;
}

/** A report about one document of a set. */
export interface SetReport extends Report {
  document: DocumentSpan;
}

/** A rule: one thing that can be wrong. */
export interface Rule {
  /** Kebab case; also the name of its file and of its page. */
  id: string;
  category: RuleCategory;
  /** One sentence: what is wrong when it reports. */
  description: string;
  /** Setting in the recommended preset. */
  severity: RuleSetting;
  /** Setting in the strict preset, where it differs. */
  strict?: RuleSetting;
  /** It reports what nobody can judge, so it can never be made to fail. */
  neverFails?: boolean;
  /** It reports what was not read, so it has to be heard above all else. */
  isBound?: boolean;
  checkFile?(file: SourceFile, report: (report: Report) => void): void;
  checkDocument?(
    context: DocumentContext,
    report: (report: Report) => void,
  ): void;
  checkSet?(context: SetContext, report: (report: SetReport) => void): void;
}

/** A rule that passes on what the parser noted about a file under the rule's own id. */
export function parserRule(
  rule: Pick<Rule, 'id' | 'description' | 'severity' | 'isBound'>,
): Rule {
  return {
    ...rule,
    category: 'files',
    checkFile(file, report) {
      for (const problem of file.problems) {
        if (problem.rule === rule.id) {
          report({
            message: problem.message,
            help: problem.help,
            span: { offset: problem.offset, endOffset: problem.endOffset },
          });
        }
      }
    },
  };
}
