/**
 * Tells which fields below a place GitHub refused; a refused parent hides what
 * is below it.
 */
export function hiddenBelow(
  refused: ReadonlySet<string>,
  place: string,
): (path: string) => boolean {
  return path => {
    if (refused.size === 0) {
      return false;
    }
    const parts = path.split('.');
    return parts.some((_, index) =>
      refused.has(`${place}.${parts.slice(0, index + 1).join('.')}`),
    );
  };
}
