import {
  type EstateSource,
  type KnownVersions,
  SourceError,
  type SourceListPage,
  type SourcePartition,
  type SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
import type { KubernetesSourceConfig } from '../config/SourceConfig';
import type { HttpLimits } from '../http/HttpLimits';
import { text } from '../read';
import {
  type CategorizedKind,
  discoverCategorizedKinds,
  findCategorizedKind,
  mayBeCategorized,
} from './categorizedKinds';
import { connectCluster } from './ClusterConnection';
import { discoverKinds, type ServedKinds } from './Discovery';
import { kindName, type KubernetesKind } from './kinds';
import { KubernetesClient } from './KubernetesClient';
import { listPages } from './listPages';
import { ItemReader } from './readItem';
import { SharedConnection } from './SharedConnection';
import { watchEvents } from './watchEvents';

/** The partition of the cluster itself. */
const clusterKind = 'cluster';

/** All namespaces, or objects without one. */
const clusterScope = '-';

/** Partitions of one source ask for discovery together at the start of a cycle; they share an answer of this age in milliseconds. */
const discoveryAge = 15_000;

/** How often a cluster is asked for kinds that nobody can list beforehand, in milliseconds. */
const discoveryEvery = 30_000;

/** One cluster, read over its API. */
export class KubernetesSource implements EstateSource {
  readonly kind = 'kubernetes' as const;

  readonly concurrency = 4;

  readonly #config: KubernetesSourceConfig;

  readonly #kinds: ReadonlyMap<string, KubernetesKind>;

  /** Kinds that were found by their category, by name. */
  #found = new Map<string, CategorizedKind>();

  #discovery?: { at: number; served: Promise<ServedKinds> };

  #address?: string;

  readonly #limits: HttpLimits;

  readonly #now: () => number;

  readonly #connection: SharedConnection;

  constructor(options: {
    config: KubernetesSourceConfig;
    /** All kinds that are read but those that only the cluster knows. */
    kinds: KubernetesKind[];
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#kinds = new Map(options.kinds.map(kind => [kindName(kind), kind]));
    this.#config = options.config;
    this.#limits = options.limits;
    this.#now = options.now;
    this.#connection = new SharedConnection({
      connect: () => connectCluster(this.#config),
      now: options.now,
    });
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
    const { includeNamespaces } = this.#config;
    return [
      ...kubernetesPartitions(includeNamespaces, [...this.#kinds.values()]),
      ...scopesOf(includeNamespaces).flatMap(scope =>
        [...this.#found].flatMap(([name, kind]) =>
          scope === clusterScope || kind.namespaced
            ? [foundPartition(scope, name)]
            : [],
        ),
      ),
    ];
  }

  recognize(scope: string, kind: string): SourcePartition | undefined {
    return scopesOf(this.#config.includeNamespaces).includes(scope) &&
      mayBeCategorized(kind) &&
      !this.#kinds.has(kind)
      ? foundPartition(scope, kind)
      : undefined;
  }

  async *list(
    partition: SourcePartition,
    signal: AbortSignal,
    known?: KnownVersions,
  ): AsyncGenerator<SourceListPage> {
    const { client, close, fail } = await this.#connect(signal);
    try {
      if (partition.kind === clusterKind) {
        yield* this.#listCluster(client);
        return;
      }
      const { kind, path } = await this.#locate(client, partition);
      const read = this.#reader(kind);
      if (isCategorized(kind) && kind.role === 'managed') {
        yield* unlessEmpty(
          listPages({ client, path, what: partition.kind, read, known }),
        );
        return;
      }
      if (isOneNamespace(partition, kind)) {
        yield* this.#listNamespace(client, partition.scope, read);
        return;
      }
      try {
        yield* listPages({
          client,
          path,
          what: partition.kind,
          read,
          known,
        });
      } catch (error) {
        if (error instanceof SourceError && error.reason === 'not-found') {
          // Discovery said otherwise a moment ago: ask again before the next attempt.
          this.#discovery = undefined;
        }
        throw error;
      }
    } catch (error) {
      fail(error);
      throw error;
    } finally {
      close();
    }
  }

  async *watch(
    partition: SourcePartition,
    from: string,
    signal: AbortSignal,
  ): AsyncGenerator<SourceWatchEvent[]> {
    const { client, close, fail } = await this.#connect(signal);
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
    } catch (error) {
      fail(error);
      throw error;
    } finally {
      close();
    }
  }

  async #connect(signal: AbortSignal) {
    const connection = await this.#connection.acquire();
    this.#address = connection.server;
    return {
      client: new KubernetesClient({
        source: this.id,
        connection,
        limits: this.#limits,
        signal,
      }),
      close: () => connection.close(),
      fail: (error: unknown) => {
        const known =
          error instanceof SourceError && error.reason === 'not-installed';
        // Whatever else went wrong, the next attempt begins with credentials read anew.
        if (!known) {
          connection.fail();
        }
      },
    };
  }

  #reader(kind: KubernetesKind) {
    return new ItemReader(
      kind,
      this.#config.includeNamespaces ? [] : this.#config.excludeNamespaces,
    );
  }

  async #locate(client: KubernetesClient, partition: SourcePartition) {
    const known = this.#kinds.get(partition.kind);
    const found = known
      ? undefined
      : await findCategorizedKind(client, partition.kind);
    const kind = known ?? found;
    const base =
      found?.path ?? (await this.#discover(client)).get(partition.kind);
    if (!kind || !base) {
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
      const served = discoverKinds(client, [...this.#kinds.values()]);
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
    const { kinds, unread } = await discoverCategorizedKinds(client);
    this.#found = new Map(
      [
        ...[...this.#found.values()].filter(({ group }) => unread.has(group)),
        ...kinds,
      ]
        .map(kind => [kindName(kind), kind] as const)
        .filter(([name]) => !this.#kinds.has(name)),
    );
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

function isCategorized(kind: KubernetesKind): kind is CategorizedKind {
  return 'role' in kind;
}

/**
 * A provider defines hundreds of kinds, of which few have objects: an empty
 * one is not watched, only listed again with every complete list.
 */
async function* unlessEmpty(
  pages: AsyncIterable<SourceListPage>,
): AsyncGenerator<SourceListPage> {
  let empty = true;
  for await (const page of pages) {
    if (page.type === 'items') {
      empty &&=
        page.items.length +
          (page.unchanged?.length ?? 0) +
          (page.unreadable?.length ?? 0) ===
        0;
    }
    yield page.type === 'complete' && empty ? { type: 'complete' } : page;
  }
}

function foundPartition(scope: string, kind: string): SourcePartition {
  return { scope, kind, listEvery: 'interval', watchable: true };
}

function scopesOf(includeNamespaces: string[] | undefined): string[] {
  return includeNamespaces ?? [clusterScope];
}

function isOneNamespace(partition: SourcePartition, kind: KubernetesKind) {
  return kind.resource === 'namespaces' && partition.scope !== clusterScope;
}

/** All partitions of a cluster: every kind in every scope. */
export function kubernetesPartitions(
  includeNamespaces: string[] | undefined,
  kinds: KubernetesKind[],
): SourcePartition[] {
  const scopes = scopesOf(includeNamespaces);
  return [
    {
      scope: clusterScope,
      kind: clusterKind,
      listEvery: discoveryEvery,
      watchable: false,
    },
    ...scopes.flatMap(scope =>
      kinds.filter(isThere(scope)).map((kind): SourcePartition => {
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

/** Of what has no namespace, only Namespaces can be read with rights in one namespace. */
function isThere(scope: string) {
  return (kind: KubernetesKind) =>
    scope === clusterScope || kind.namespaced || kind.resource === 'namespaces';
}
