const named = 20;

/** References in a sentence: the first ones by name, the rest by their number. */
export function listRefs(refs: string[]): string {
  const rest = refs.length - named;
  return `${refs.slice(0, named).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
