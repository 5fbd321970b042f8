import { ArgocdWriteClient } from './ArgocdClients';
import { GithubWriteClient } from './GithubClients';
import { anything } from './guards';
import { JsonTransport } from './JsonTransport';
import { KubernetesWriteClient } from './KubernetesClients';
import { withConnection } from './PlanClients';
import type { SourceAccess } from './SourceAccess';

/** Clients that change sources: for execute and rollback, and for nobody else. */
export class WriteClients {
  readonly #access: SourceAccess;

  readonly #timeout: number;

  constructor(options: { access: SourceAccess; timeout: number }) {
    this.#access = options.access;
    this.#timeout = options.timeout;
  }

  /**
   * `use` gets a client for its own signal, and the way to one that works on
   * after that signal has ended: what was written is looked at even when time
   * is up.
   */
  async kubernetes<T>(
    id: string,
    signal: AbortSignal,
    use: (clients: WritePair<KubernetesWriteClient>) => Promise<T>,
  ): Promise<T> {
    const source = this.#access.kubernetes(id);
    return withConnection(this.#access.writing(source), connection => {
      const transport = new JsonTransport({
        source: id,
        connection,
        guard: anything,
        timeout: this.#timeout,
      });
      const serverTimeout = Math.max(1, Math.floor(this.#timeout / 1250));
      const client = (until: AbortSignal) =>
        new KubernetesWriteClient({ transport, signal: until, serverTimeout });
      return use({
        client: client(signal),
        lookingBack: () => client(AbortSignal.timeout(this.#timeout)),
      });
    });
  }

  argocd(id: string, signal: AbortSignal): WritePair<ArgocdWriteClient> {
    const { url } = this.#access.argocd(id);
    const transport = new JsonTransport({
      source: id,
      connection: {
        server: url,
        headers: { authorization: `Bearer ${this.#access.argocdToken(id)}` },
      },
      guard: anything,
      timeout: this.#timeout,
    });
    return {
      client: new ArgocdWriteClient(transport, signal),
      lookingBack: () =>
        new ArgocdWriteClient(transport, AbortSignal.timeout(this.#timeout)),
    };
  }

  async github(
    id: string,
    signal: AbortSignal,
  ): Promise<WritePair<GithubWriteClient>> {
    const connection = await this.#access.writingGithub(
      this.#access.github(id),
    );
    const transport = new JsonTransport({
      source: id,
      connection,
      guard: anything,
      timeout: this.#timeout,
    });
    return {
      client: new GithubWriteClient(transport, signal),
      lookingBack: () =>
        new GithubWriteClient(transport, AbortSignal.timeout(this.#timeout)),
    };
  }
}

/** A client, and another one to look at what became of a write. */
export interface WritePair<T> {
  client: T;
  lookingBack(): T;
}
