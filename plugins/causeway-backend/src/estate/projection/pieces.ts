const pieceSize = 1000;

/** Gathers values with a pause every thousand, so that long lists do not hold up the process. */
export function* inPieces<T>(
  ...sources: Iterable<T>[]
): Generator<undefined, T[]> {
  const all: T[] = [];
  for (const source of sources) {
    for (const value of source) {
      all.push(value);
      if (all.length % pieceSize === 0) {
        yield;
      }
    }
  }
  return all;
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
