/** At most two initials of a name: `Ada Obi` becomes `AO`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends
    .map(word => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
