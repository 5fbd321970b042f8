const expression = /\$\{\{\s*([^{}]*?)\s*\}\}/g;

/** Variables may name variables; a circle of them ends here. */
const deepest = 2;

/**
 * A text with Kargo's `${{ ctx.stage }}` and `${{ vars.name }}` filled in;
 * `undefined` where it holds any other expression, for its value is not known.
 */
export function resolveExpression(
  written: string | undefined,
  values: ReadonlyMap<string, string>,
  depth = 0,
): string | undefined {
  if (written === undefined || depth > deepest) {
    return undefined;
  }
  let known = true;
  const resolved = written.replace(expression, (_, name: string) => {
    const value = resolveExpression(values.get(name), values, depth + 1);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known && !resolved.includes('${{') && resolved.length <= 253
    ? resolved
    : undefined;
}
