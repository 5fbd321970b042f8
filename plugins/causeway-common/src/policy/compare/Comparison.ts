import type { PolicyLimit } from '../PolicyDocument';

/** Whether two values of a document are the same. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const actions = ['alert', 'auto-stop', 'hard'];

type Named = { name: string };

/** Gathers whether something got tighter or looser; looser wins. */
export class Comparison {
  #tighter = false;

  #looser = false;

  get result(): 'same' | 'tighter' | 'looser' {
    if (this.#looser) {
      return 'looser';
    }
    return this.#tighter ? 'tighter' : 'same';
  }

  tighter(): void {
    this.#tighter = true;
  }

  looser(): void {
    this.#looser = true;
  }

  unchanged(before: unknown, after: unknown): void {
    if (!same(before, after)) {
      this.looser();
    }
  }

  /** Less is tighter. */
  atMost(before: number, after: number): void {
    if (after < before) {
      this.tighter();
    } else if (after > before) {
      this.looser();
    }
  }

  /** More is tighter. */
  atLeast(before: number, after: number): void {
    this.atMost(after, before);
  }

  /** What is gone makes tighter, what is new looser. */
  fewer(before: readonly unknown[], after: readonly unknown[]): void {
    const gone = before.filter(one => !after.some(other => same(one, other)));
    const added = after.filter(one => !before.some(other => same(one, other)));
    if (added.length > 0) {
      this.looser();
    } else if (gone.length > 0) {
      this.tighter();
    }
  }

  /** What is new makes tighter, what is gone looser. */
  more(before: readonly unknown[], after: readonly unknown[]): void {
    this.fewer(after, before);
  }

  /** Pairs by name; `added` and `removed` say what the others do. */
  byName<T extends Named>(
    before: readonly T[],
    after: readonly T[],
    judge: {
      both: (before: T, after: T) => void;
      added: (one: T) => void;
      removed: (one: T) => void;
    },
  ): void {
    const fresh = new Map(after.map(one => [one.name, one]));
    const old = new Map(before.map(one => [one.name, one]));
    before.forEach(one => {
      const next = fresh.get(one.name);
      if (next) {
        judge.both(one, next);
      } else {
        judge.removed(one);
      }
    });
    after.filter(({ name }) => !old.has(name)).forEach(judge.added);
  }

  limits<T extends Omit<PolicyLimit, 'match'>>(
    before: readonly T[],
    after: readonly T[],
  ): void {
    const amounts = ({ perHour, perDecision }: T) =>
      perHour ?? perDecision ?? 0;
    const rest = ({ title, perHour, perDecision, action, ...others }: T) => [
      others,
      perHour === undefined,
    ];
    this.byName(before, after, {
      added: () => this.tighter(),
      removed: () => this.looser(),
      both: (old, fresh) => {
        this.unchanged(rest(old), rest(fresh));
        this.atMost(amounts(old), amounts(fresh));
        this.atLeast(
          actions.indexOf(old.action),
          actions.indexOf(fresh.action),
        );
      },
    });
  }
}
