import {
  checkpointHash,
  checkpointLine,
  type SignedCheckpoint,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { AnchorSink } from './AnchorSink';

/** Milliseconds that an endpoint may take to answer. */
const patience = 10_000;

/**
 * An endpoint of HTTPS that is told one checkpoint after another. One that was
 * kept while the answer was lost comes again, with the same idempotency key.
 */
export class EndpointSink implements AnchorSink {
  readonly kind = 'endpoint';

  readonly batch = 1;

  readonly name: string;

  readonly #url: URL;

  readonly #token: string;

  constructor(options: { url: URL; token: string }) {
    this.#url = options.url;
    this.#token = options.token;
    // What else is in an address may be a secret.
    this.name = `${options.url.origin}${options.url.pathname}`;
  }

  async reached(known: number): Promise<number> {
    return known;
  }

  async take(
    checkpoints: readonly SignedCheckpoint[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const checkpoint of checkpoints) {
      await this.#post(checkpoint, signal);
    }
  }

  async #post(checkpoint: SignedCheckpoint, signal: AbortSignal) {
    let response: Response;
    try {
      response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
          'idempotency-key': checkpointHash(checkpoint),
        },
        body: checkpointLine(checkpoint),
        // A redirect would take the token elsewhere.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
    } catch (error) {
      throw new Error(`${this.name} could not be reached (${reasonOf(error)})`);
    }
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(
        `${this.name} answered ${response.status}${
          [401, 403].includes(response.status)
            ? ': is causeway.gate.audit.anchors.endpoint.token right?'
            : ''
        }`,
      );
    }
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  return name === 'TimeoutError'
    ? `no answer within ${patience / 1000} s`
    : (cause?.code ?? name);
}
