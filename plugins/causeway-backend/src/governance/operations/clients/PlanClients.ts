import type { SharedConnection } from '../../../estate/sources/kubernetes/SharedConnection';
import { ArgocdPlanClient } from './ArgocdClients';
import { dryRunsOnly, readsOnly } from './guards';
import { GithubPlanClient } from './GithubClients';
import { JsonTransport } from './JsonTransport';
import { KubernetesPlanClient } from './KubernetesClients';
import type { SourceAccess } from './SourceAccess';

/** Clients for bind, plan, estimate and verify: nothing that they send takes effect. */
export class PlanClients {
  readonly access: SourceAccess;

  readonly #timeout: number;

  constructor(options: { access: SourceAccess; timeout: number }) {
    this.access = options.access;
    this.#timeout = options.timeout;
  }

  async kubernetes<T>(
    id: string,
    signal: AbortSignal,
    use: (client: KubernetesPlanClient) => Promise<T>,
  ): Promise<T> {
    const source = this.access.kubernetes(id);
    return withConnection(this.access.reading(source), connection =>
      use(
        new KubernetesPlanClient({
          signal,
          reads: new JsonTransport({
            source: id,
            connection,
            guard: readsOnly,
            timeout: this.#timeout,
          }),
          // The API server demands the same right for a dry run as for the
          // write, so that it takes the gate's credentials; the guard lets
          // nothing else out.
          dryRuns: tryOut =>
            withConnection(this.access.writing(source), writing =>
              tryOut(
                new JsonTransport({
                  source: id,
                  connection: writing,
                  guard: dryRunsOnly,
                  timeout: this.#timeout,
                }),
              ),
            ),
        }),
      ),
    );
  }

  argocd(id: string, signal: AbortSignal): ArgocdPlanClient {
    const { url, token } = this.access.argocd(id);
    return new ArgocdPlanClient(
      new JsonTransport({
        source: id,
        connection: {
          server: url,
          headers: { authorization: `Bearer ${token}` },
        },
        guard: readsOnly,
        timeout: this.#timeout,
      }),
      signal,
    );
  }

  async github(id: string, signal: AbortSignal): Promise<GithubPlanClient> {
    const connection = await this.access.readingGithub(this.access.github(id));
    return new GithubPlanClient(
      new JsonTransport({
        source: id,
        connection,
        guard: readsOnly,
        timeout: this.#timeout,
      }),
      signal,
    );
  }
}

/** Uses a connection; after a failure nobody new gets it. */
export async function withConnection<T>(
  shared: SharedConnection,
  use: (
    connection: Awaited<ReturnType<SharedConnection['acquire']>>,
  ) => Promise<T>,
): Promise<T> {
  const connection = await shared.acquire();
  try {
    return await use(connection);
  } catch (error) {
    connection.fail();
    throw error;
  } finally {
    connection.close();
  }
}
