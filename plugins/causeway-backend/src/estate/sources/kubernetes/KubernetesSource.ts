import {
  type EstateSource,
  SourceError,
  type SourceListPage,
  type SourcePartition,
  type SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
import type { KubernetesSourceConfig } from '../config/SourceConfig';
import type { HttpLimits } from '../http/HttpLimits';
import { text } from '../read';
import { connectCluster } from './ClusterConnection';
import { discoverKinds, type ServedKinds } from './Discovery';
import { kindName, type KubernetesKind, kubernetesKinds } from './kinds';
import { KubernetesClient } from './KubernetesClient';
import { listPages } from './listPages';
import { ItemReader } from './readItem';
import { watchEvents } from './watchEvents';

/** The partition of the cluster itself. */
const clusterKind = 'cluster';

/** All namespaces, or objects without one. */
const clusterScope = '-';

/** Partitions of one source ask for discovery together at the start of a cycle; they share an answer of this age in milliseconds. */
const discoveryAge = 15_000;

/** One cluster, read over its API. */
export class KubernetesSource implements EstateSource {
  readonly kind = 'kubernetes' as const;

  readonly concurrency = 4;

  readonly #config: KubernetesSourceConfig;

  readonly #kinds = new Map(
    kubernetesKinds.map(kind => [kindName(kind), kind]),
  );

  #discovery?: { at: number; served: Promise<ServedKinds> };

  #address?: string;

  readonly #limits: HttpLimits;

  readonly #now: () => number;

  constructor(options: {
    config: KubernetesSourceConfig;
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#config = options.config;
    this.#limits = options.limits;
    this.#now = options.now;
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get environment() {
    return this.#config.environment;
  }

  get address() {
    const { access } = this.#config;
    return (
      this.#address ?? (access.type === 'address' ? access.url : access.type)
    );
  }

  partitions(): SourcePartition[] {
    return kubernetesPartitions(this.#config.includeNamespaces);
  }

  async *list(
    partition: SourcePartition,
    signal: AbortSignal,
  ): AsyncGenerator<SourceListPage> {
    const { client, close } = await this.#connect(signal);
    try {
      if (partition.kind === clusterKind) {
        yield* this.#listCluster(client);
        return;
      }
      const { kind, path } = await this.#locate(client, partition);
      const read = this.#reader(kind);
      if (isOneNamespace(partition, kind)) {
        yield* this.#listNamespace(client, partition.scope, read);
        return;
      }
      try {
        yield* listPages({ client, path, what: partition.kind, read });
      } catch (error) {
        if (error instanceof SourceError && error.reason === 'not-found') {
          // Discovery said otherwise a moment ago: ask again before the next attempt.
          this.#discovery = undefined;
        }
        throw error;
      }
    } finally {
      close();
    }
  }

  async *watch(
    partition: SourcePartition,
    from: string,
    signal: AbortSignal,
  ): AsyncGenerator<SourceWatchEvent[]> {
    const { client, close } = await this.#connect(signal);
    try {
      const { kind, path } = await this.#locate(client, partition);
      yield* watchEvents({
        client,
        path,
        what: partition.kind,
        from,
        read: this.#reader(kind),
        signal,
      });
    } finally {
      close();
    }
  }

  async #connect(signal: AbortSignal) {
    const connection = await connectCluster(this.#config);
    this.#address = connection.server;
    return {
      client: new KubernetesClient({
        source: this.id,
        connection,
        limits: this.#limits,
        signal,
      }),
      close: () => connection.close(),
    };
  }

  #reader(kind: KubernetesKind) {
    return new ItemReader(
      kind,
      this.#config.includeNamespaces ? [] : this.#config.excludeNamespaces,
    );
  }

  async #locate(client: KubernetesClient, partition: SourcePartition) {
    const kind = this.#kinds.get(partition.kind)!;
    const base = (await this.#discover(client)).get(partition.kind);
    if (!base) {
      throw new SourceError({
        reason: 'not-installed',
        message: `Cluster ${this.id} does not serve ${partition.kind}`,
      });
    }
    const scope =
      partition.scope === clusterScope || !kind.namespaced
        ? ''
        : `/namespaces/${encodeURIComponent(partition.scope)}`;
    return { kind, path: `${base}${scope}/${kind.resource}` };
  }

  /** One discovery for all partitions that ask at about the same time. */
  #discover(client: KubernetesClient): Promise<ServedKinds> {
    const now = this.#now();
    if (!this.#discovery || now - this.#discovery.at > discoveryAge) {
      const served = discoverKinds(client, kubernetesKinds);
      const discovery = { at: now, served };
      this.#discovery = discovery;
      served.catch(() => {
        if (this.#discovery === discovery) {
          this.#discovery = undefined;
        }
      });
    }
    return this.#discovery.served;
  }

  async *#listCluster(
    client: KubernetesClient,
  ): AsyncGenerator<SourceListPage> {
    const version = await client.get('/version', 'version');
    yield {
      type: 'items',
      items: [
        {
          key: this.id,
          kind: 'Cluster',
          data: { name: this.id, version: text(version.gitVersion, 64) },
        },
      ],
    };
    yield { type: 'complete' };
  }

  /** Where only namespaces are granted, a namespace is read by its name. */
  async *#listNamespace(
    client: KubernetesClient,
    name: string,
    read: ItemReader,
  ): AsyncGenerator<SourceListPage> {
    const namespace = await client.get(
      `/api/v1/namespaces/${encodeURIComponent(name)}`,
      'namespaces',
    );
    yield read.page([namespace]);
    yield { type: 'complete' };
  }
}

function isOneNamespace(partition: SourcePartition, kind: KubernetesKind) {
  return kind.resource === 'namespaces' && partition.scope !== clusterScope;
}

/** All partitions of a cluster: every kind in every scope. */
export function kubernetesPartitions(
  includeNamespaces: string[] | undefined,
): SourcePartition[] {
  const scopes = includeNamespaces ?? [clusterScope];
  return [
    {
      scope: clusterScope,
      kind: clusterKind,
      listEvery: 'interval',
      watchable: false,
    },
    ...scopes.flatMap(scope =>
      kubernetesKinds.map((kind): SourcePartition => {
        const single = !kind.namespaced && scope !== clusterScope;
        return {
          scope,
          kind: kindName(kind),
          listEvery: single ? 'poll' : 'interval',
          watchable: !single,
        };
      }),
    ),
  ];
}
