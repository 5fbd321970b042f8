import { isError } from '@backstage/errors';
import {
  type KnownVersions,
  SourceError,
  type SourceListPage,
} from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, record, text } from '../read';
import type { KubernetesClient } from './KubernetesClient';
import type { ItemReader } from './readItem';

/** Objects asked for in one page. */
const pageSize = 500;

/** Pages are made smaller down to this when they are too large to take. */
const smallestPage = 20;

/**
 * Reads a list in chunks. Complete means: every page came whole, in one
 * version of the list, and the last one had no `continue`. A continuation
 * that expired starts over once; the inconsistent token that the server
 * offers instead proves nothing and is not used.
 */
export async function* listPages(options: {
  client: KubernetesClient;
  /** Path of the list, without query. */
  path: string;
  what: string;
  read: ItemReader;
  /** Objects that need not be read again. */
  known?: KnownVersions;
}): AsyncGenerator<SourceListPage> {
  const { client, path, what, read, known } = options;
  let limit = pageSize;
  let restarts = 0;
  let token: string | undefined;
  let version: string | undefined;
  const fetchPage = () => {
    const query = new URLSearchParams({ limit: String(limit) });
    if (token) {
      query.set('continue', token);
    }
    return client.get(`${path}?${query}`, what);
  };
  let ahead: Promise<JsonRecord> | undefined;
  for (;;) {
    let page;
    try {
      page = await (ahead ?? fetchPage());
    } catch (error) {
      ahead = undefined;
      const failure = isError(error) && error.name === 'SourceError';
      const { reason } = error as SourceError;
      if (failure && reason === 'too-large' && limit > smallestPage) {
        limit = Math.max(smallestPage, Math.floor(limit / 5));
        continue;
      }
      if (failure && reason === 'continue-expired' && restarts === 0) {
        restarts += 1;
        token = undefined;
        version = undefined;
        yield { type: 'restart' };
        continue;
      }
      throw error;
    }
    const metadata = record(page.metadata);
    const pageVersion = text(metadata?.resourceVersion, 128);
    // A list without objects may have null for them.
    if (!pageVersion || !(Array.isArray(page.items) || page.items === null)) {
      throw new SourceError({
        reason: 'malformed',
        message: `The list of ${what} has no items or no version: check that the address is a Kubernetes API server`,
      });
    }
    if (version !== undefined && pageVersion !== version) {
      if (restarts > 0) {
        throw new SourceError({
          reason: 'continue-expired',
          message: `The list of ${what} changed between its pages twice; it is tried again`,
        });
      }
      restarts += 1;
      ahead = undefined;
      token = undefined;
      version = undefined;
      yield { type: 'restart' };
      continue;
    }
    version = pageVersion;
    token = text(metadata?.continue, 16_384);
    // The next page is on its way while this one is read and written.
    ahead = token ? fetchPage() : undefined;
    ahead?.catch(() => {});
    yield read.page((page.items ?? []) as unknown[], known);
    if (!token) {
      yield { type: 'complete', version };
      return;
    }
  }
}
