import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import type {
  ArgocdSourceConfig,
  GithubSourceConfig,
  KubernetesSourceConfig,
  SourceConfig,
} from '../../../estate/sources/config/SourceConfig';
import { connectCluster } from '../../../estate/sources/kubernetes/ClusterConnection';
import { SharedConnection } from '../../../estate/sources/kubernetes/SharedConnection';
import type { RepositoryGrant } from '../config/parseGithubCredentials';
import type { WriteCredentials } from '../config/parseWriteCredentials';
import { connectForWriting } from './connectForWriting';
import type { GithubAccess } from './GithubAccess';
import type { Connection } from './JsonTransport';

/**
 * Milliseconds that a connection waits for the next request. Servers wait for
 * longer: a write must not meet one that the other side is about to close.
 */
const idleFor = 2_000;

/** The sources that operations work in, and how each is reached. */
export class SourceAccess {
  readonly #sources: ReadonlyMap<string, SourceConfig>;

  readonly #credentials: WriteCredentials;

  readonly #github: GithubAccess;

  readonly #now: () => number;

  readonly #connections = new Map<string, SharedConnection>();

  constructor(options: {
    sources: readonly SourceConfig[];
    credentials: WriteCredentials;
    github: GithubAccess;
    now: () => number;
  }) {
    this.#sources = new Map(options.sources.map(source => [source.id, source]));
    this.#credentials = options.credentials;
    this.#github = options.github;
    this.#now = options.now;
  }

  kubernetes(id: string): KubernetesSourceConfig {
    return this.#source(id, 'kubernetes') as KubernetesSourceConfig;
  }

  argocd(id: string): ArgocdSourceConfig {
    return this.#source(id, 'argocd') as ArgocdSourceConfig;
  }

  github(id: string): GithubSourceConfig {
    return this.#source(id, 'github') as GithubSourceConfig;
  }

  /** Every organization that is read. */
  githubs(): GithubSourceConfig[] {
    return [...this.#sources.values()].filter(
      (source): source is GithubSourceConfig => source.kind === 'github',
    );
  }

  /** Address of an organization's API, without path. */
  githubAddress(source: GithubSourceConfig): string {
    return this.#github.serverOf(source);
  }

  /** The reader's connection to an organization. */
  readingGithub(source: GithubSourceConfig): Promise<Connection> {
    return this.#github.reading(source);
  }

  /** The gate's own connection to an organization. */
  writingGithub(source: GithubSourceConfig): Promise<Connection> {
    this.requireCredentials('github', source.id);
    return this.#github.writing(
      source,
      this.#credentials.github.get(source.id)!,
    );
  }

  /** What the gate may do in a repository; `undefined` for nothing. */
  grant(id: string, repository: string): RepositoryGrant | undefined {
    return this.#credentials.github
      .get(id)
      ?.repositories.find(one => one.repository === repository.toLowerCase());
  }

  has(id: string, kind: SourceConfig['kind']): boolean {
    return this.#sources.get(id)?.kind === kind;
  }

  /** @throws OperationRefusal where the gate has no write credentials for a source */
  requireCredentials(kind: SourceConfig['kind'], id: string): void {
    if (!this.#credentials[kind].has(id)) {
      throw new OperationRefusal({
        code: 'no-write-credentials',
        reason: `The gate has no write credentials for source ${id}`,
        hint: `Whoever runs the portal adds causeway.gate.credentials.${kind}.${id}; until then it is only read`,
      });
    }
  }

  argocdToken(id: string): string {
    this.requireCredentials('argocd', id);
    return this.#credentials.argocd.get(id)!.token;
  }

  /** The reader's connection. */
  reading(source: KubernetesSourceConfig): SharedConnection {
    return this.#shared(`read ${source.id}`, () => connectCluster(source));
  }

  /** The gate's own connection. */
  writing(source: KubernetesSourceConfig): SharedConnection {
    this.requireCredentials('kubernetes', source.id);
    const credentials = this.#credentials.kubernetes.get(source.id)!;
    return this.#shared(`write ${source.id}`, () =>
      connectForWriting(source, credentials),
    );
  }

  #shared(
    key: string,
    connect: ConstructorParameters<typeof SharedConnection>[0]['connect'],
  ): SharedConnection {
    let shared = this.#connections.get(key);
    if (!shared) {
      shared = new SharedConnection({
        connect,
        now: this.#now,
        idleFor,
      });
      this.#connections.set(key, shared);
    }
    return shared;
  }

  #source(id: string, kind: SourceConfig['kind']): SourceConfig {
    const source = this.#sources.get(id);
    if (source?.kind !== kind) {
      throw new OperationRefusal({
        code: 'no-such-source',
        reason: `There is no ${kind} source '${id}' in causeway.estate.sources that can be used`,
        hint: 'Operations work in configured sources only: look at the estate page whether the source has a fault',
      });
    }
    return source;
  }
}
