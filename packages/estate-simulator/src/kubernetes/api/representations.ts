import { KubernetesObject, ResourceType } from '../model';
import { apiVersionOf, isCustomGroup } from '../objects/builtInTypes';
import { Representation } from './mediaTypes';
import { tableColumnsOf } from './tableColumns';

/** `metadata` of a list. */
export interface ListMetadata {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

/** How objects of one type are written for one request. */
export interface Presenter {
  one(object: KubernetesObject): unknown;
  list(objects: KubernetesObject[], metadata: ListMetadata): unknown;
}

function metadataOnly(object: KubernetesObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

const compiledItems = new WeakMap<KubernetesObject, object>();

/** Items of compiled types come without kind and apiVersion. */
function compiledItem(object: KubernetesObject): object {
  let item = compiledItems.get(object);
  if (!item) {
    const { kind, apiVersion, ...rest } = object;
    item = Object.isFrozen(object) ? Object.freeze(rest) : rest;
    compiledItems.set(object, item);
  }
  return item;
}

function createTablePresenter(options: {
  type: ResourceType;
  now: Date;
  includeObject: string;
}): Presenter {
  const columns = tableColumnsOf(options.type);
  const embedded = (object: KubernetesObject) => {
    if (options.includeObject === 'None') return undefined;
    return options.includeObject === 'Object' ? object : metadataOnly(object);
  };
  const table = (objects: KubernetesObject[], metadata: ListMetadata) => ({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, format, priority }) => ({
      name,
      type,
      format,
      description: '',
      priority,
    })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.value(object, options.now)),
      object: embedded(object),
    })),
  });
  return {
    one: object =>
      table([object], {
        resourceVersion: object.metadata.resourceVersion ?? '',
      }),
    list: table,
  };
}

/** Chooses how to write objects: whole, metadata alone or as a table. */
export function createPresenter(options: {
  type: ResourceType;
  representation: Representation;
  query: URLSearchParams;
  now: Date;
}): Presenter {
  const { type, representation, query, now } = options;
  if (representation === 'Table') {
    return createTablePresenter({
      type,
      now,
      includeObject: query.get('includeObject') ?? 'Metadata',
    });
  }
  if (representation === 'PartialObjectMetadata') {
    return {
      one: metadataOnly,
      list: (objects, metadata) => ({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: objects.map(metadataOnly),
      }),
    };
  }
  const item = isCustomGroup(type.group)
    ? (object: KubernetesObject) => object
    : compiledItem;
  return {
    one: object => object,
    list: (objects, metadata) => ({
      kind: `${type.kind}List`,
      apiVersion: apiVersionOf(type),
      metadata,
      items: objects.map(item),
    }),
  };
}
