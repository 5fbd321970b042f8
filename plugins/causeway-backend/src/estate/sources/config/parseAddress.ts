import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** An `http` or `https` address without credentials, query or trailing slash. */
export function parseAddress(config: Config, key: string): string {
  return checkAddress(config.getString(key), key);
}

/** As {@link parseAddress}, for a value that is read already. */
export function checkAddress(value: string, key: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new InputError(
      `${key} must be an address like https://argocd.example.com`,
    );
  }
  if (
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    throw new InputError(
      `${key} must be an http or https address without user, password, query or fragment`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
