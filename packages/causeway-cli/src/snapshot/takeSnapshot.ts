import { ServiceUnavailableError } from '@backstage/errors';
import { isMapping } from '../document/CatalogDocument';
import { TemplateAction } from '../templates/ActionCatalog';
import { fetchBounded, RequestLimits } from './fetchBounded';
import { Snapshot, SnapshotEntity } from './Snapshot';

/** Relations that cycles are looked for in. */
const edgeRelations = new Set(['partOf', 'childOf', 'dependsOn']);

/** Bounds of one snapshot. */
export interface SnapshotLimits extends RequestLimits {
  /** Time for all of it, in milliseconds. */
  totalMs: number;
  entities: number;
  pageSize: number;
}

/** Bounds that suit a large catalog. */
export const defaultSnapshotLimits: SnapshotLimits = {
  timeoutMs: 30_000,
  totalMs: 10 * 60_000,
  maxBytes: 50 * 1024 * 1024,
  entities: 1_000_000,
  pageSize: 1000,
};

/** Where a live catalog is and how to speak to it. */
export interface LiveCatalog {
  /** Address of the backend, e.g. `https://portal.example.com`. */
  url: string;
  /** Called before each request, because tokens expire. */
  token?: () => Promise<string>;
}

/**
 * Reads which entities a live catalog has, page by page. It either gives all of
 * them or fails: half a catalog would make good references look bad.
 */
export async function takeSnapshot(options: {
  catalog: LiveCatalog;
  limits?: Partial<SnapshotLimits>;
  now: () => Date;
  onProgress?: (entities: number, total: number | undefined) => void;
}): Promise<Snapshot> {
  const limits = { ...defaultSnapshotLimits, ...options.limits };
  const signal = AbortSignal.timeout(limits.totalMs);
  const base = baseOf(options.catalog.url);
  const read = async (path: string) => {
    const url = `${base}/api/${path}`;
    const token = await options.catalog.token?.();
    return parse(
      await fetchBounded(url, {
        headers: {
          accept: 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        limits,
        signal,
        advice: adviceFor,
      }),
      url,
    );
  };
  const takenAt = options.now().toISOString();
  const entities = await readEntities(read, limits, options.onProgress);
  const actions = await readActions(read);
  return { version: 1, takenAt, source: base, entities, actions };
}

function baseOf(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new ServiceUnavailableError(`${url} is not a URL`);
  }
  if (!/^https?:$/.test(parsed.protocol)) {
    throw new ServiceUnavailableError(`${url} is neither http nor https`);
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceUnavailableError(
      `${url} answers with something other than JSON: is this the address of a Backstage backend?`,
    );
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) {
    return ': give a token that may read the catalog (--token or CAUSEWAY_TOKEN)';
  }
  if (status === 404) {
    return ': is this the address of a Backstage backend?';
  }
  return '';
}

async function readEntities(
  read: (path: string) => Promise<unknown>,
  limits: SnapshotLimits,
  onProgress?: (entities: number, total: number | undefined) => void,
): Promise<SnapshotEntity[]> {
  const found = new Map<string, SnapshotEntity>();
  const cursors = new Set<string>();
  const fields = [
    'kind',
    'metadata.name',
    'metadata.namespace',
    'metadata.annotations.backstage.io/managed-by-location',
    'relations',
  ].join();
  let query = new URLSearchParams({
    limit: String(limits.pageSize),
    fields,
    orderField: 'metadata.uid,asc',
  });
  let total: number | undefined;
  for (;;) {
    const page = await read(`catalog/entities/by-query?${query}`);
    if (!isMapping(page) || !Array.isArray(page.items)) {
      throw new ServiceUnavailableError(
        'The catalog answers with something other than a page of entities',
      );
    }
    total ??= typeof page.totalItems === 'number' ? page.totalItems : undefined;
    for (const item of page.items) {
      const entity = toEntity(item);
      found.set(
        `${entity.kind}:${entity.namespace}/${entity.name}`.toLowerCase(),
        entity,
      );
    }
    if (found.size > limits.entities) {
      throw new ServiceUnavailableError(
        `The catalog has more than ${limits.entities} entities`,
      );
    }
    onProgress?.(found.size, total);
    const info = isMapping(page.pageInfo) ? page.pageInfo : {};
    const cursor = info.nextCursor;
    if (typeof cursor !== 'string' || cursor === '') {
      break;
    }
    if (cursors.has(cursor) || page.items.length === 0) {
      throw new ServiceUnavailableError(
        'The catalog gives the same page again and again',
      );
    }
    cursors.add(cursor);
    query = new URLSearchParams({
      limit: String(limits.pageSize),
      fields,
      cursor,
    });
  }
  if (total !== undefined && found.size < total * 0.9) {
    // A few entities may come and go while the pages are read; a tenth may not.
    throw new ServiceUnavailableError(
      `The catalog says that it has ${total} entities and gave ${found.size}`,
    );
  }
  if (found.size === 0) {
    // Who may read nothing gets an empty page, not a refusal.
    throw new ServiceUnavailableError(
      'The catalog shows no entity at all: give a token that may read the catalog (--token or CAUSEWAY_TOKEN), or check the address',
    );
  }
  return [...found.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ kind, namespace, name }: SnapshotEntity): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

function toEntity(item: unknown): SnapshotEntity {
  const metadata = isMapping(item) ? item.metadata : undefined;
  const kind = isMapping(item) ? item.kind : undefined;
  const name = isMapping(metadata) ? metadata.name : undefined;
  if (typeof kind !== 'string' || typeof name !== 'string') {
    throw new ServiceUnavailableError(
      'The catalog answers with something that is no entity',
    );
  }
  const own = metadata as Record<string, unknown>;
  const namespace =
    typeof own.namespace === 'string' ? own.namespace : 'default';
  const location = isMapping(own.annotations)
    ? own.annotations['backstage.io/managed-by-location']
    : undefined;
  const edges: Record<string, string[]> = {};
  const relations = (item as { relations?: unknown }).relations;
  for (const relation of Array.isArray(relations) ? relations : []) {
    if (
      isMapping(relation) &&
      edgeRelations.has(String(relation.type)) &&
      typeof relation.targetRef === 'string'
    ) {
      (edges[String(relation.type)] ??= []).push(
        relation.targetRef.toLowerCase(),
      );
    }
  }
  return {
    kind,
    namespace,
    name,
    ...(typeof location === 'string' ? { location } : {}),
    ...(Object.keys(edges).length ? { edges } : {}),
  };
}

/** The scaffolder may be absent, or closed to this token: then the built-in list serves. */
async function readActions(
  read: (path: string) => Promise<unknown>,
): Promise<TemplateAction[] | undefined> {
  let actions: unknown;
  try {
    actions = await read('scaffolder/v2/actions');
  } catch {
    return undefined;
  }
  if (!Array.isArray(actions)) {
    return undefined;
  }
  return actions
    .filter(isMapping)
    .filter(action => typeof action.id === 'string')
    .map(action => {
      const schema = isMapping(action.schema) ? action.schema : {};
      const output = isMapping(schema.output) ? schema.output.properties : {};
      return {
        id: action.id as string,
        ...(isMapping(schema.input) ? { input: schema.input } : {}),
        ...(isMapping(output) && Object.keys(output).length
          ? { output: Object.keys(output).sort() }
          : {}),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
