// A parser of the plain kind of YAML that nearly all catalog files are written
// in: block mappings and lists, scalars on one line, literal blocks. It is ten
// times as fast as the full parser and gives up on whatever it does not know for
// certain: tabs, anchors, tags, comments behind values, folded text, escapes, a
// key that stands twice. It makes no positions; a document that something is
// wrong with is parsed again in full. A property test holds it to the full
// parser: where it gives a value, that one gives the same without an error.

/** One document and where its text begins and ends. */
export interface SimpleDocument {
  value: Record<string, unknown>;
  offset: number;
  endOffset: number;
}

/** Tabs, carriage returns and other control characters, and what some take for line breaks. */
const unknownCharacters =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

const givenUp = new Error('not simple');

const deepest = 20;

/** Lines of a file, lines of a document and letters of a list in one line that are read here; the full parser counts what it makes of more. */
const mostLines = 500_000;
const mostDocumentLines = 100_000;
const longestList = 20_000;

const key = /^([A-Za-z_][\w./-]*):(?: +(\S.*))?$/;
const constants = /^(?:null|true|false|~)$/i;
/** What a plain scalar may begin with here; numbers and dots are looked at more closely. */
const plainStart = /^[A-Za-z0-9_/.(<$+^;=\u00a0-\uffff]/;
const notPlain = /: |:$| #/;
const flowItem = /^[A-Za-z_][\w./-]*(?::[A-Za-z_][\w./-]*)*$/;

interface Line {
  indent: number;
  /** Without indentation and trailing blanks. */
  content: string;
  offset: number;
  /** As it stands. */
  raw: string;
}

function giveUp(): never {
  throw givenUp;
}

class SimpleParser {
  readonly #lines: Line[];
  readonly #end: number;
  #at = 0;

  constructor(text: string) {
    this.#end = text.length;
    this.#lines = toLines(text);
  }

  documents(): SimpleDocument[] {
    const found: SimpleDocument[] = [];
    this.#skip();
    while (this.#at < this.#lines.length) {
      if (this.#lines[this.#at].raw === '---') {
        this.#at += 1;
        this.#skip();
        continue;
      }
      const { indent, offset } = this.#lines[this.#at];
      if (indent !== 0) {
        giveUp();
      }
      const begun = this.#at;
      const value = this.#mapping(0, 0);
      if (this.#at - begun > mostDocumentLines) {
        giveUp();
      }
      const next = this.#lines[this.#at];
      if (next && next.raw !== '---') {
        giveUp();
      }
      found.push({ value, offset, endOffset: next?.offset ?? this.#end });
    }
    return found;
  }

  /** Passes over blank lines and comments. */
  #skip(): void {
    while (this.#at < this.#lines.length) {
      const { content } = this.#lines[this.#at];
      if (content !== '' && !content.startsWith('#')) {
        return;
      }
      this.#at += 1;
    }
  }

  /** The next line with content, if it is not the end of the document. */
  #peek(): Line | undefined {
    this.#skip();
    const line = this.#lines[this.#at];
    return line && !(line.indent === 0 && line.raw.startsWith('---'))
      ? line
      : undefined;
  }

  #mapping(indent: number, depth: number): Record<string, unknown> {
    if (depth > deepest) {
      giveUp();
    }
    const mapping: Record<string, unknown> = {};
    for (;;) {
      const line = this.#peek();
      if (!line || line.indent < indent) {
        return mapping;
      }
      if (line.indent > indent) {
        giveUp();
      }
      if (line.content.startsWith('- ') || line.content === '-') {
        return mapping;
      }
      this.#at += 1;
      this.#entry(mapping, line.content, indent, depth);
    }
  }

  /** Reads `key: value`, whose line has been taken. */
  #entry(
    mapping: Record<string, unknown>,
    content: string,
    indent: number,
    depth: number,
  ): void {
    const match = key.exec(content) ?? giveUp();
    const [, name, rest] = match;
    if (name in mapping || constants.test(name) || name === '__proto__') {
      giveUp();
    }
    mapping[name] =
      rest === undefined
        ? this.#block(indent, depth)
        : this.#inline(rest, indent);
  }

  /** What follows a key without a value of its own. */
  #block(indent: number, depth: number): unknown {
    const line = this.#peek();
    if (!line || line.indent < indent) {
      return null;
    }
    const isItem = line.content.startsWith('- ');
    if (line.indent === indent) {
      return isItem ? this.#list(indent, depth + 1) : null;
    }
    return isItem
      ? this.#list(line.indent, depth + 1)
      : this.#mapping(line.indent, depth + 1);
  }

  #list(indent: number, depth: number): unknown[] {
    if (depth > deepest) {
      giveUp();
    }
    const list: unknown[] = [];
    for (;;) {
      const line = this.#peek();
      if (!line || line.indent < indent) {
        return list;
      }
      if (!line.content.startsWith('- ')) {
        return line.indent === indent ? list : giveUp();
      }
      if (line.indent > indent) {
        giveUp();
      }
      this.#at += 1;
      const rest = line.content.slice(2);
      const inner = rest.trimStart();
      if (key.test(inner)) {
        const innerIndent = indent + 2 + (rest.length - inner.length);
        const mapping: Record<string, unknown> = {};
        this.#entry(mapping, inner, innerIndent, depth + 1);
        const more = this.#mapping(innerIndent, depth + 1);
        for (const name of Object.keys(more)) {
          if (name in mapping) {
            giveUp();
          }
          mapping[name] = more[name];
        }
        list.push(mapping);
      } else {
        list.push(this.#inline(inner, indent));
      }
    }
  }

  /** A value on the line of its key or dash; what continues on the next line is not simple. */
  #inline(text: string, indent: number): unknown {
    if (text === '|' || text === '|-') {
      return this.#literal(indent, text === '|');
    }
    const next = this.#peek();
    if (next && next.indent > indent) {
      giveUp();
    }
    return scalar(text);
  }

  #literal(parent: number, clip: boolean): string {
    const first = this.#lines[this.#at];
    if (!first || first.content === '' || first.indent <= parent) {
      giveUp();
    }
    const lines: string[] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at];
      if (line.content === '') {
        lines.push(line.raw.slice(first.indent));
      } else if (line.indent >= first.indent) {
        lines.push(line.raw.slice(first.indent));
      } else if (line.indent > parent) {
        giveUp();
      } else {
        break;
      }
    }
    while (lines[lines.length - 1] === '') {
      lines.pop();
    }
    // Blanks on an otherwise empty last line are content; rare enough to leave to the full parser.
    if (lines[lines.length - 1].trim() === '') {
      giveUp();
    }
    return lines.join('\n') + (clip ? '\n' : '');
  }
}

function toLines(text: string): Line[] {
  const lines: Line[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (lines.length > mostLines) {
      giveUp();
    }
    const end = text.indexOf('\n', offset);
    const raw = text.slice(offset, end);
    let indent = 0;
    while (raw.charCodeAt(indent) === 32) {
      indent += 1;
    }
    let last = raw.length;
    while (last > indent && raw.charCodeAt(last - 1) === 32) {
      last -= 1;
    }
    lines.push({
      indent,
      content: raw.slice(indent, last),
      offset: offset + indent,
      raw,
    });
    offset = end + 1;
  }
  return lines;
}

function scalar(text: string): unknown {
  switch (text.charCodeAt(0)) {
    case 34 /* " */:
      return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : giveUp();
    case 39 /* ' */:
      return /^'[^']*'$/.test(text) ? text.slice(1, -1) : giveUp();
    case 91 /* [ */:
      return flowList(text);
    case 123 /* { */:
      return text === '{}' ? {} : giveUp();
    default:
      return plain(text);
  }
}

function flowList(text: string): unknown[] {
  if (text === '[]') {
    return [];
  }
  if (!text.endsWith(']') || text.length > longestList) {
    giveUp();
  }
  return text
    .slice(1, -1)
    .split(',')
    .map(part => {
      const item = part.trim();
      return flowItem.test(item) && !constants.test(item) ? item : giveUp();
    });
}

function plain(text: string): unknown {
  if (!plainStart.test(text) || notPlain.test(text)) {
    giveUp();
  }
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (isDigit) {
    if (/^(?:0|[1-9]\d{0,14})$/.test(text)) {
      return Number(text);
    }
    return /[^\d.eExXoa-fA-F+_-]/.test(text) ? text : giveUp();
  }
  if (first === 46 /* . */ || first === 43 /* + */) {
    return /^\.{1,2}\//.test(text) ? text : giveUp();
  }
  if (constants.test(text)) {
    switch (text) {
      case 'true':
        return true;
      case 'false':
        return false;
      default:
        return giveUp();
    }
  }
  return text;
}

/** The documents of a text, or undefined where it is not simple. */
export function parseSimple(text: string): SimpleDocument[] | undefined {
  if (!text.endsWith('\n') || unknownCharacters.test(text)) {
    return undefined;
  }
  try {
    return new SimpleParser(text).documents();
  } catch (error) {
    if (error === givenUp) {
      return undefined;
    }
    throw error;
  }
}
