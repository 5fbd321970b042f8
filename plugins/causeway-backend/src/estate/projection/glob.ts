const compiled = new Map<string, RegExp>();

/** Whether `text` matches `pattern`, in which `*` stands for any run of characters. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) {
    return pattern === text;
  }
  let expression = compiled.get(pattern);
  if (!expression) {
    const source = pattern
      .split(/\*+/)
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*');
    expression = new RegExp(`^${source}$`, 'u');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}
