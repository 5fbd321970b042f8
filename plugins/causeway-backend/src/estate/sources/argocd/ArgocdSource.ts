import type {
  EstateSource,
  SourceItem,
  SourceListPage,
  SourcePartition,
  SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import type { ArgocdSourceConfig } from '../config/SourceConfig';
import type { HttpLimits } from '../http/HttpLimits';
import { type JsonRecord, record, text } from '../read';
import { ArgocdClient } from './ArgocdClient';
import { applicationFields, reduceApplication } from './reduce/Application';
import {
  applicationSetFields,
  reduceApplicationSet,
} from './reduce/ApplicationSet';
import { projectFields, reduceProject } from './reduce/Project';

/** A kind of object that Argo CD's API lists. */
interface ArgocdKind {
  observed: 'ArgoApplication' | 'ArgoProject' | 'ArgoApplicationSet';
  fields: string[];
  reduce: (object: JsonRecord, instance: string) => object | undefined;
}

const argocdKinds: Record<string, ArgocdKind> = {
  applications: {
    observed: 'ArgoApplication',
    fields: applicationFields,
    reduce: reduceApplication,
  },
  projects: {
    observed: 'ArgoProject',
    fields: projectFields,
    reduce: reduceProject,
  },
  applicationsets: {
    observed: 'ArgoApplicationSet',
    fields: applicationSetFields,
    reduce: reduceApplicationSet,
  },
};

/** All partitions of an Argo CD. */
export const argocdPartitions: SourcePartition[] = [
  { scope: '-', kind: 'applications', listEvery: 'poll', watchable: true },
  { scope: '-', kind: 'projects', listEvery: 'poll', watchable: false },
  { scope: '-', kind: 'applicationsets', listEvery: 'poll', watchable: false },
];

/** One Argo CD, read over its REST API. */
export class ArgocdSource implements EstateSource {
  readonly kind = 'argocd' as const;

  readonly concurrency = 2;

  readonly #config: ArgocdSourceConfig;

  readonly #limits: HttpLimits;

  constructor(config: ArgocdSourceConfig, limits: HttpLimits) {
    this.#config = config;
    this.#limits = limits;
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get address() {
    return this.#config.url;
  }

  partitions(): SourcePartition[] {
    return argocdPartitions;
  }

  async *list(
    partition: SourcePartition,
    signal: AbortSignal,
  ): AsyncGenerator<SourceListPage> {
    const kind = argocdKinds[partition.kind];
    const client = this.#client(signal);
    const query = new URLSearchParams({
      fields: [
        'metadata.resourceVersion',
        ...kind.fields.map(field => `items.${field}`),
      ].join(','),
    });
    const answer = await client.get(
      `/api/v1/${partition.kind}?${query}`,
      partition.kind,
    );
    // Argo CD has no pages: one whole answer is complete. Nothing at all is null.
    const items = answer.items ?? [];
    if (!Array.isArray(items) || !('metadata' in answer || 'items' in answer)) {
      throw new SourceError({
        reason: 'malformed',
        message: `The list of ${partition.kind} of source ${this.id} has no items: check that ${this.#config.url} is an Argo CD server`,
      });
    }
    yield this.#page(items, kind);
    yield {
      type: 'complete',
      version: text(record(answer.metadata)?.resourceVersion, 128),
    };
  }

  /** Argo CD's stream of applications; like a watch, but without bookmarks. */
  async *watch(
    _partition: SourcePartition,
    from: string,
    signal: AbortSignal,
  ): AsyncGenerator<SourceWatchEvent[]> {
    const client = this.#client(signal);
    const query = new URLSearchParams({
      resourceVersion: from,
      fields: [
        'result.type',
        ...applicationFields.map(field => `result.application.${field}`),
      ].join(','),
    });
    for await (const events of client.stream(
      `/api/v1/stream/applications?${query}`,
      'applications',
    )) {
      yield events.flatMap(event => this.#toEvent(event));
    }
  }

  #client(signal: AbortSignal) {
    return new ArgocdClient({
      config: this.#config,
      limits: this.#limits,
      signal,
    });
  }

  #page(values: unknown[], kind: ArgocdKind): SourceListPage {
    const items: SourceItem[] = [];
    const unreadable: string[] = [];
    let unidentified = 0;
    for (const value of values) {
      const object = record(value);
      const key = object && objectKey(object);
      const item = object && this.#item(object, kind);
      if (item) {
        items.push(item);
      } else if (key) {
        unreadable.push(key);
      } else {
        unidentified += 1;
      }
    }
    return { type: 'items', items, unreadable, unidentified };
  }

  #item(
    object: JsonRecord,
    { observed, reduce }: ArgocdKind,
  ): SourceItem | undefined {
    const key = objectKey(object);
    const data = reduce(object, this.id);
    return key && data ? { key, kind: observed, data } : undefined;
  }

  #toEvent(event: JsonRecord): SourceWatchEvent[] {
    const object = record(event.application);
    const key = object && objectKey(object);
    if (!object || !key) {
      return [{ type: 'unreadable' }];
    }
    // Applications that changed while the list was read come again; the content tells whether anything is new.
    const version = text(record(object.metadata)?.resourceVersion, 128);
    if (event.type === 'DELETED') {
      return [{ type: 'remove', key, version }];
    }
    const item = this.#item(object, argocdKinds.applications);
    return [
      item
        ? { type: 'upsert', item, version }
        : { type: 'unreadable', key, version },
    ];
  }
}

function objectKey(object: JsonRecord): string | undefined {
  const metadata = record(object.metadata);
  const name = text(metadata?.name, 253);
  return name && `${text(metadata?.namespace, 253) ?? '-'}/${name}`;
}
