import { LineTable } from './LineTable';

/** Something about a file as a whole that a rule reports. */
export interface SourceProblem {
  rule: string;
  message: string;
  help?: string;
  offset: number;
  endOffset: number;
}

/** One file that is validated: its text and what is wrong with it before any entity is looked at. */
export class SourceFile {
  /** Relative to the working directory, with forward slashes; `<stdin>` for standard input. */
  readonly path: string;
  /** Absolute path, absent for standard input and for what a URL gave. */
  readonly absolutePath: string | undefined;
  readonly text: string;
  readonly problems: SourceProblem[] = [];
  #lines: LineTable | undefined;

  constructor(options: { path: string; absolutePath?: string; text: string }) {
    this.path = options.path;
    this.absolutePath = options.absolutePath;
    this.text = options.text;
  }

  /** Whether a URL gave it: what stands beside it cannot be looked at. */
  get remote(): boolean {
    return /^https?:\/\//i.test(this.path);
  }

  get lines(): LineTable {
    this.#lines ??= new LineTable(this.text);
    return this.#lines;
  }
}
