import type { Config } from '@backstage/config';

/**
 * The host that the backend listens on, read as Backstage reads `backend.listen`:
 * `<port>`, `<host>:<port>` or an object. Empty means all interfaces.
 */
export function listenHost(config: Config): string {
  const listen = config.getOptional('backend.listen');
  if (typeof listen === 'string') {
    const parts = listen.split(':');
    return parts.length === 2 ? parts[0] : '';
  }
  if (typeof listen !== 'object') return '';
  return config.getOptionalString('backend.listen.host') ?? '';
}
