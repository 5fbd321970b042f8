import { createContext, Script } from 'node:vm';

/** Longest text that a pattern is tried on without a deadline. */
const shortText = 1000;

/** Time for one trial, and for all trials that end by the deadline, in milliseconds. */
const trialMs = 200;
const totalMs = 2000;

const script = 'pattern.test(text)';

/** What Ajv needs of a regular expression. */
interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * Regular expressions of schemas that somebody else wrote, such as those of a
 * portal's actions. Some take time exponential in the length of the text. Those
 * that may are tried under a deadline; one that misses it counts as matching, so
 * that no finding is made of it, and is not tried again.
 */
export class BoundedPatterns {
  readonly #givenUp = new Set<string>();
  readonly #compiled = new Map<string, Pattern>();
  #spentMs = 0;
  #run: ((pattern: RegExp, text: string) => boolean) | undefined;

  /** Patterns that took too long. */
  get givenUp(): readonly string[] {
    return [...this.#givenUp];
  }

  /** The pattern, in the form that Ajv takes. Throws where it is no regular expression. */
  compile(source: string, flags: string): Pattern {
    const key = `${flags}/${source}`;
    let pattern = this.#compiled.get(key);
    if (!pattern) {
      const expression = new RegExp(source, flags);
      const linear = isLinear(source);
      pattern = {
        test: text =>
          linear && text.length <= shortText
            ? expression.test(text)
            : this.#try(expression, text),
        toString: () => expression.toString(),
      };
      this.#compiled.set(key, pattern);
    }
    return pattern;
  }

  #try(expression: RegExp, text: string): boolean {
    const { source } = expression;
    if (this.#givenUp.has(source)) {
      return true;
    }
    if (this.#spentMs >= totalMs) {
      this.#givenUp.add(source);
      return true;
    }
    const begun = performance.now();
    try {
      this.#run ??= createRunner();
      return this.#run(expression, text);
    } catch {
      this.#spentMs += performance.now() - begun;
      this.#givenUp.add(source);
      return true;
    }
  }
}

/** A pattern without groups that repeat and with one repetition at the most has no way to explode on short text. */
function isLinear(source: string): boolean {
  const plain = source.replace(/\\[^1-9k]|\[(?:\\.|[^\]\\])*\]/g, 'x');
  const repetitions = plain.match(/[*+]|\{\d+,?\d*\}/g)?.length ?? 0;
  return repetitions <= 1 && !/\\|\)[*+{]/.test(plain);
}

/** The engine's own deadline interrupts a regular expression as well. */
function createRunner(): (pattern: RegExp, text: string) => boolean {
  const context = createContext({});
  const compiled = new Script(script);
  return (pattern, text) => {
    Object.assign(context, { pattern, text });
    return compiled.runInContext(context, { timeout: trialMs }) === true;
  };
}
