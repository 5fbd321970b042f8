import { relative, sep } from 'node:path';
import { Severities } from '../config/severity';
import { Settings } from '../config/Settings';
import { CatalogDocument } from '../document/CatalogDocument';
import { decode } from '../document/decode';
import { SourceFile } from '../document/SourceFile';
import { addressOf } from '../input/addressOf';
import { leadingOut, leadsOut } from '../input/boundary';
import { DiskProbe } from '../input/DiskProbe';
import { FoundFile } from '../input/findFiles';
import { apiGroups, looksLikeCatalog } from '../input/looksLikeCatalog';
import { locationTargets } from '../input/locationTargets';
import { readBounded } from '../input/readBounded';
import { isSkeleton } from '../input/skeletons';
import { EntitySet } from '../references/EntitySet';
import { rules } from '../rules';
import { RuleEnvironment } from '../rules/rule';
import { knownEntities, Snapshot } from '../snapshot/Snapshot';
import { createEnvironment } from './createEnvironment';
import { Findings } from './Findings';
import { Validation } from './Validation';

/** Text that comes from elsewhere than a file: standard input, or a URL. */
export interface TextSource {
  path: string;
  bytes: Uint8Array;
}

/** What a run over files needs besides the files. */
export interface RunOptions {
  settings: Settings;
  workingFolder: string;
  /** Folder beyond which nothing is read. */
  boundary: string;
  snapshot?: Snapshot;
  /** Reads a URL that a Location names; absent where URLs are not followed. */
  readUrl?: (url: string) => Promise<Uint8Array>;
  onProgress?: (done: number, known: number) => void;
}

/** What a run over files gives, before suppressions and the baseline. */
export interface RunOutcome {
  files: SourceFile[];
  findings: Findings;
  entities: number;
  skeletons: number;
  /** Patterns of schemas that took too long to be tried. */
  givenUpPatterns: readonly string[];
}

/** A file or URL that is waiting to be read. */
type Waiting =
  FoundFile | { url: string; from: CatalogDocument; path: (string | number)[] };

class Run {
  readonly #options: RunOptions;
  readonly #probe: DiskProbe;
  readonly #validation: Validation;
  readonly #files: SourceFile[] = [];
  readonly #queue: Waiting[] = [];
  readonly #seen = new Set<string>();
  readonly #environment: RuleEnvironment;
  readonly #groups: ReadonlySet<string>;
  #skeletons = 0;

  constructor(options: RunOptions) {
    const { settings, workingFolder, boundary, snapshot } = options;
    this.#options = options;
    this.#probe = new DiskProbe({ boundary, workingFolder });
    const environment = createEnvironment(settings, this.#probe, snapshot);
    this.#environment = environment;
    this.#groups = apiGroups(environment.kinds.all());
    this.#validation = new Validation({
      rules,
      environment,
      set: new EntitySet({
        whole: settings.complete || snapshot !== undefined,
        known:
          snapshot && !settings.complete
            ? knownEntities(snapshot, settings.ownLocations)
            : undefined,
      }),
      findings: new Findings({
        severities: new Severities(rules, settings),
        workingFolder,
        folder: relative(boundary, workingFolder).split(sep).join('/'),
        max: settings.limits.findings,
      }),
      limits: settings.limits,
    });
  }

  async run(
    found: readonly FoundFile[],
    texts: readonly TextSource[],
  ): Promise<RunOutcome> {
    for (const { path, bytes } of texts) {
      this.#addBytes(path, undefined, bytes);
    }
    for (const file of found) {
      this.#seen.add(file.path);
      this.#queue.push(file);
    }
    for (let at = 0; at < this.#queue.length; at += 1) {
      this.#options.onProgress?.(at, this.#queue.length);
      const next = this.#queue[at];
      if ('url' in next) {
        await this.#readUrl(next);
      } else {
        this.#readFile(next);
      }
    }
    this.#validation.finish();
    return {
      files: this.#files,
      findings: this.#validation.findings,
      entities: this.#validation.entities,
      skeletons: this.#skeletons,
      givenUpPatterns: this.#environment.validator.givenUpPatterns,
    };
  }

  #readFile({ path, how }: FoundFile): void {
    const shown = relative(this.#options.workingFolder, path)
      .split(sep)
      .join('/');
    const read = leadsOut(path, this.#options.boundary)
      ? leadingOut
      : readBounded(path, this.#options.settings.limits.fileBytes);
    if (!read.bytes) {
      // What was only looked into need not be readable.
      if (how !== 'peek') {
        const file = new SourceFile({
          path: shown,
          absolutePath: path,
          text: '',
        });
        file.problems.push({
          rule: read.rule,
          message: read.message,
          help: read.help,
          offset: 0,
          endOffset: 0,
        });
        this.#add(file);
      }
      return;
    }
    if (how === 'named' || this.#looksLikeCatalog(read.bytes, path, how)) {
      this.#addBytes(shown, path, read.bytes);
    }
  }

  /** Whether a file that nobody named is part of the catalog. */
  #looksLikeCatalog(
    bytes: Buffer,
    path: string,
    how: FoundFile['how'],
  ): boolean {
    const text = bytes.toString('latin1');
    const usualCatalogFile = how === 'usual' && !/template\.ya?ml$/.test(path);
    if (!usualCatalogFile && !looksLikeCatalog(text, this.#groups)) {
      return false;
    }
    if (isSkeleton(path, text, this.#options.boundary)) {
      this.#skeletons += 1;
      return false;
    }
    return true;
  }

  #addBytes(
    path: string,
    absolutePath: string | undefined,
    bytes: Uint8Array,
  ): void {
    const decoded = decode(bytes);
    const file = new SourceFile({
      path,
      absolutePath,
      text: decoded.text ?? '',
    });
    if (decoded.text === undefined) {
      file.problems.push({
        rule: 'file-encoding',
        message: decoded.problem,
        help: decoded.help,
        offset: 0,
        endOffset: 0,
      });
    }
    this.#add(file);
  }

  #add(file: SourceFile): void {
    this.#files.push(file);
    this.#validation.addFile(file, document => this.#follow(document));
  }

  #follow(document: CatalogDocument): void {
    if (document.value.kind !== 'Location') {
      return;
    }
    const { file, index, offset, endOffset } = document;
    const from = file.absolutePath ?? file.path;
    for (const { type, target, path, glob } of locationTargets(
      document.value,
    )) {
      const url = addressOf(file, { type, target, glob });
      if (url !== undefined) {
        if (this.#options.readUrl) {
          this.#validation.inclusions.push({
            document: { file, index, offset, endOffset },
            path,
            from,
            to: url,
          });
        }
        if (
          this.#options.readUrl &&
          !this.#seen.has(url) &&
          this.#queue.length < this.#options.settings.limits.files
        ) {
          this.#seen.add(url);
          this.#queue.push({ url, from: document, path });
        }
        continue;
      }
      const targets = this.#targetsOf(file, target, glob);
      for (const to of targets) {
        this.#validation.inclusions.push({
          document: { file, index, offset, endOffset },
          path,
          from,
          to,
        });
        if (
          !this.#seen.has(to) &&
          this.#queue.length < this.#options.settings.limits.files
        ) {
          this.#seen.add(to);
          this.#queue.push({ path: to, how: 'named' });
        }
      }
    }
  }

  #targetsOf(file: SourceFile, target: string, glob: boolean): string[] {
    // What a host holds beside a file cannot be listed.
    if (file.remote) {
      return [];
    }
    if (glob) {
      return this.#probe.find(file, target);
    }
    const path = this.#probe.resolve(file, target);
    return path && this.#probe.kindOf(file, target) === 'file' ? [path] : [];
  }

  async #readUrl({
    url,
    from,
    path,
  }: Extract<Waiting, { url: string }>): Promise<void> {
    try {
      const bytes = await this.#options.readUrl!(url);
      this.#addBytes(url, undefined, bytes);
    } catch (error) {
      const rule = rules.find(({ id }) => id === 'location-target')!;
      this.#validation.findings.add(
        rule,
        {
          message: `The target cannot be read: ${(error as Error).message}`,
          at: { path, part: 'value' },
        },
        { file: from.file, document: from },
      );
    }
  }
}

/** Reads files one after the other, follows Locations, and runs all rules. */
export async function validateFiles(
  found: readonly FoundFile[],
  texts: readonly TextSource[],
  options: RunOptions,
): Promise<RunOutcome> {
  return new Run(options).run(found, texts);
}
