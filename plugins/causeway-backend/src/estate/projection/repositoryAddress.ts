/**
 * Host and path of a Git repository, lower-cased and without `.git`, from any
 * of the forms that Git takes: `https://host/org/repo.git`,
 * `git@host:org/repo`, `ssh://git@host:22/org/repo`.
 */
export function parseRepositoryAddress(
  address: string,
): { host: string; path: string } | undefined {
  const trimmed = address.trim();
  const url =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(
      trimmed,
    );
  const short = /^(?:[^@/]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(trimmed);
  const match = url ?? short;
  if (!match) {
    return undefined;
  }
  const path = match[2]
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .replace(/^\/+/, '');
  return path
    ? { host: match[1].toLowerCase(), path: path.toLowerCase() }
    : undefined;
}
