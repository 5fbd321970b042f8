import { InputError } from '@backstage/errors';
import { fetchBounded, RequestLimits } from '../snapshot/fetchBounded';

/** Reads URLs of the hosts that were named, and of no other. No token is sent. */
export function createUrlReader(options: {
  hosts: readonly string[];
  limits: RequestLimits;
}): (url: string) => Promise<Uint8Array> {
  const hosts = new Set(options.hosts.map(host => host.toLowerCase()));
  return async url => {
    const parsed = new URL(rawUrl(url));
    if (!hosts.has(parsed.host) && !hosts.has(new URL(url).host)) {
      throw new InputError(
        `${parsed.host} is not among the hosts that may be read (--follow-urls)`,
      );
    }
    return Buffer.from(
      await fetchBounded(parsed.href, { limits: options.limits }),
    );
  };
}

/** The address of a file's content, where the URL is that of its page. */
function rawUrl(url: string): string {
  const github = /^https:\/\/github\.com\/([^/]+)\/([^/]+)\/blob\/(.+)$/.exec(
    url,
  );
  if (github) {
    return `https://raw.githubusercontent.com/${github[1]}/${github[2]}/${github[3]}`;
  }
  return url.replace(/^(https:\/\/[^/]+\/.+\/-)\/blob\//, '$1/raw/');
}
