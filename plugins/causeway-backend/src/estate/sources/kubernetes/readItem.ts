import type {
  KnownVersions,
  SourceItem,
  SourceListPage,
} from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, record, text } from '../read';
import type { KubernetesKind } from './kinds';

/** One object as far as it could be read. */
export type ReadObject =
  | { type: 'item'; item: SourceItem }
  /** In the version that is known. */
  | { type: 'unchanged'; key: string }
  | { type: 'unreadable'; key?: string }
  /** In a namespace that is left out. */
  | { type: 'excluded' };

/** Reads objects of one kind. */
export class ItemReader {
  readonly #kind: KubernetesKind;

  readonly #excluded: ReadonlySet<string>;

  constructor(kind: KubernetesKind, excludedNamespaces: Iterable<string>) {
    this.#kind = kind;
    this.#excluded = new Set(excludedNamespaces);
  }

  object(value: unknown, known?: KnownVersions): ReadObject {
    const object = record(value);
    const key = object && objectKey(object, this.#kind);
    if (!object || !key) {
      return { type: 'unreadable' };
    }
    if (this.#excluded.size > 0 && this.#isExcluded(key)) {
      return { type: 'excluded' };
    }
    const version = objectVersion(object, this.#kind);
    if (version !== undefined && known?.get(key) === version) {
      return { type: 'unchanged', key };
    }
    const data = this.#kind.reduce(object);
    return data
      ? {
          type: 'item',
          item: { key, kind: this.#kind.observed, data, version },
        }
      : { type: 'unreadable', key };
  }

  #isExcluded(key: string): boolean {
    const { namespaced, resource } = this.#kind;
    const namespace = namespaced ? key.split('/')[0] : key;
    return (
      (namespaced || resource === 'namespaces') && this.#excluded.has(namespace)
    );
  }

  page(values: unknown[], known?: KnownVersions): SourceListPage {
    const items: SourceItem[] = [];
    const unchanged: string[] = [];
    const unreadable: string[] = [];
    let unidentified = 0;
    for (const value of values) {
      const read = this.object(value, known);
      if (read.type === 'item') {
        items.push(read.item);
      } else if (read.type === 'unchanged') {
        unchanged.push(read.key);
      } else if (read.type === 'unreadable') {
        if (read.key) {
          unreadable.push(read.key);
        } else {
          unidentified += 1;
        }
      }
    }
    return {
      type: 'items',
      items,
      unchanged: known && unchanged,
      unreadable,
      unidentified,
    };
  }
}

/** Uid and resource version, which changes with every write; `undefined` where the server tells none. */
function objectVersion(
  object: JsonRecord,
  { revision }: KubernetesKind,
): string | undefined {
  const metadata = record(object.metadata);
  const { uid, resourceVersion } = metadata ?? {};
  return typeof uid === 'string' &&
    uid !== '' &&
    typeof resourceVersion === 'string' &&
    resourceVersion !== '' &&
    uid.length + resourceVersion.length <= 246
    ? `${uid}/${resourceVersion}${revision ? `/${revision}` : ''}`
    : undefined;
}

/** `namespace/name`, or the name of what has no namespace; `undefined` when it does not tell. */
function objectKey(
  object: JsonRecord,
  kind: KubernetesKind,
): string | undefined {
  const metadata = record(object.metadata);
  const name = text(metadata?.name, 253);
  const namespace = text(metadata?.namespace, 253);
  if (!name || (kind.namespaced && !namespace)) {
    return undefined;
  }
  return kind.namespaced ? `${namespace}/${name}` : name;
}
