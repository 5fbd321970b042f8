/**
 * The candidate that somebody most likely meant: other letter case, or an edit
 * distance (with neighbours swapped counted once) of at most a third of the
 * word's length, two at the most.
 */
export function likelySpelling(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  const lower = word.toLowerCase();
  const allowed = Math.min(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (candidate === word) {
      return undefined;
    }
    const other = candidate.toLowerCase();
    if (other === lower) {
      return candidate;
    }
    if (Math.abs(other.length - lower.length) < bestDistance) {
      const distance = editDistance(lower, other, bestDistance);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
  }
  return best;
}

/** Damerau-Levenshtein distance, given up once it reaches the bound. */
function editDistance(a: string, b: string, bound: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        previous[column] + 1,
        current[column - 1] + 1,
        previous[column - 1] + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        a[row - 1] === b[column - 2] &&
        a[row - 2] === b[column - 1]
      ) {
        cost = Math.min(cost, beforePrevious[column - 2] + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= bound) {
      return bound;
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length];
}
