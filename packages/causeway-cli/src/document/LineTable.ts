import { Place } from '../findings/finding';

/** Turns offsets into lines and columns, both from 1. */
export class LineTable {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    let at = text.indexOf('\n');
    while (at !== -1) {
      this.#starts.push(at + 1);
      at = text.indexOf('\n', at + 1);
    }
  }

  place(offset: number, endOffset: number = offset): Place {
    const from = this.#clamp(offset);
    const to = Math.max(from, this.#clamp(endOffset));
    const start = this.#position(from);
    const end = this.#position(to);
    return {
      offset: from,
      endOffset: to,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  }

  /** Offset of the first character of a line that counts from 1. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#length;
  }

  get lines(): number {
    return this.#starts.length;
  }

  #clamp(offset: number): number {
    return Math.min(Math.max(0, offset), this.#length);
  }

  #position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - this.#starts[low] + 1 };
  }
}
