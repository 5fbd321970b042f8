/**
 * An address without what stands before `@` in it, its query and its
 * fragment: people put tokens there. Text that is no address (`*`,
 * `git@github.com:org/repo.git`, an OCI name) stays as it is.
 */
export function withoutUserInfo(value: string): string | undefined {
  if (!value.includes('://')) {
    // `user:secret@host` is no form of an address that Git or Helm take.
    return /:[^@]*@/.test(value) ? undefined : value;
  }
  try {
    const url = new URL(value);
    if (url.protocol !== 'ssh:') {
      url.username = '';
    }
    url.password = '';
    url.search = '';
    url.hash = '';
    const cleaned = url.href;
    return value.endsWith('/') ? cleaned : cleaned.replace(/\/$/, '');
  } catch {
    return value.includes('@') ? undefined : value;
  }
}
