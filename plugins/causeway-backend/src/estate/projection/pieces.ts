const pieceSize = 1000;

/** Does something with each value, with a pause every thousand, so that long lists do not hold up the process. */
export function* eachInPieces<T>(
  values: Iterable<T>,
  act: (value: T) => void,
): Generator<undefined, void> {
  let count = 0;
  for (const value of values) {
    act(value);
    count += 1;
    if (count % pieceSize === 0) {
      yield;
    }
  }
  yield;
}

/** One after the other. */
export function* chain<T>(...sources: Iterable<T>[]): Iterable<T> {
  for (const source of sources) {
    yield* source;
  }
}

/** The results of a function for each value, with a pause every thousand. */
export function* mapInPieces<T, R>(
  values: Iterable<T>,
  map: (value: T) => R,
): Generator<undefined, R[]> {
  const all: R[] = [];
  for (const value of values) {
    all.push(map(value));
    if (all.length % pieceSize === 0) {
      yield;
    }
  }
  return all;
}

/** Runs to the end without pausing. */
export function finish<T>(pieces: Generator<undefined, T>): T {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) {
      return piece.value;
    }
  }
}
