/** Waits; ends early, by throwing, when the signal does. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Milliseconds before each look at what became of a write without an answer: 11 s in all. */
export const lookBackAfter = [0, 1_000, 3_000, 7_000];
