/** The release before a version: `2.14.3` follows `2.14.2`, `2.15.0` follows `2.14.9`. */
export function versionBefore(version: string): string {
  const match = /^(v?)(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match) {
    return version;
  }
  const [major, minor, patch] = match.slice(2).map(Number);
  if (patch > 0) {
    return `${match[1]}${major}.${minor}.${patch - 1}`;
  }
  return minor > 0
    ? `${match[1]}${major}.${minor - 1}.9`
    : `${match[1]}${Math.max(0, major - 1)}.9.9`;
}

/** The release after a version: the next patch. */
export function versionAfter(version: string): string {
  const match = /^(v?\d+\.\d+\.)(\d+)/.exec(version);
  return match ? `${match[1]}${Number(match[2]) + 1}` : version;
}
