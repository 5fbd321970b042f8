import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import { parseFeedPage, type ParsedFeedPage } from './parseFeedPage';

/** A place in the feed; none means its beginning. */
export interface FeedPosition {
  epoch?: string;
  cursor?: string;
}

/** Most items of a page: more in one mutation would hold up the catalog. */
export const pageLimit = 500;

const timeoutMilliseconds = 30_000;
const maxBytes = 32 * 1024 * 1024;

/** Reads the estate's feed from the Causeway backend, wherever that runs. */
export class FeedClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Reads the page after a position. Answers are bounded in size and time. */
  async read(
    position: FeedPosition,
    signal: AbortSignal,
  ): Promise<ParsedFeedPage> {
    const url = new URL(
      `${await this.#discovery.getBaseUrl('causeway')}/estate/feed`,
    );
    url.searchParams.set('limit', String(pageLimit));
    if (position.cursor !== undefined && position.epoch !== undefined) {
      url.searchParams.set('epoch', position.epoch);
      url.searchParams.set('cursor', position.cursor);
    }
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'causeway',
    });
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      // The address comes from configuration; a redirect would be another one.
      redirect: 'error',
      signal: AbortSignal.any([
        signal,
        AbortSignal.timeout(timeoutMilliseconds),
      ]),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return parseFeedPage(JSON.parse(await readBounded(response)), pageLimit);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by the error cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new ServiceUnavailableError(
        `the answer is larger than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
