import { InputError } from '@backstage/errors';
import { isMapping } from '../document/CatalogDocument';
import { readBounded } from '../input/readBounded';
import { JsonSchema } from '../model/CatalogKinds';
import { refKey } from '../references/entityRef';
import { KnownEntity } from '../references/EntitySet';
import { TemplateAction } from '../templates/ActionCatalog';

/** What is kept of a live catalog: which entities exist, how they hang together, and which actions there are. */
export interface Snapshot {
  version: 1;
  /** When it was taken, ISO 8601. */
  takenAt: string;
  /** Address of the backend that it was taken from. */
  source: string;
  entities: SnapshotEntity[];
  /** Absent where the backend has no scaffolder or did not let us see it. */
  actions?: TemplateAction[];
}

/** One entity of a snapshot. */
export interface SnapshotEntity {
  kind: string;
  namespace: string;
  name: string;
  location?: string;
  /** References by relation, full and in lower case. */
  edges?: Record<string, string[]>;
}

const maxBytes = 200 * 1024 * 1024;

/** Reads a snapshot file. One that is broken is an `InputError`. */
export function readSnapshot(path: string): Snapshot {
  const read = readBounded(path, maxBytes);
  if (!read.bytes) {
    throw new InputError(`The snapshot ${path}: ${read.message}`);
  }
  let data: unknown;
  try {
    data = JSON.parse(read.bytes.toString('utf8'));
  } catch (error) {
    throw new InputError(
      `The snapshot ${path} is not JSON: ${(error as Error).message}`,
    );
  }
  if (!isMapping(data) || data.version !== 1 || !Array.isArray(data.entities)) {
    throw new InputError(
      `The snapshot ${path} is not one: take it with "causeway catalog snapshot"`,
    );
  }
  if (data.entities.length === 0) {
    throw new InputError(
      `The snapshot ${path} holds no entity: take it again with a token that may read the catalog`,
    );
  }
  return {
    version: 1,
    takenAt: String(data.takenAt ?? ''),
    source: String(data.source ?? ''),
    entities: data.entities.map((entity, at) => checkEntity(entity, at, path)),
    actions: Array.isArray(data.actions)
      ? data.actions.filter(isAction)
      : undefined,
  };
}

function checkEntity(
  entity: unknown,
  at: number,
  path: string,
): SnapshotEntity {
  if (
    !isMapping(entity) ||
    ![entity.kind, entity.namespace, entity.name].every(
      part => typeof part === 'string' && part,
    )
  ) {
    throw new InputError(
      `The snapshot ${path} is broken: its entity ${at} lacks kind, namespace or name`,
    );
  }
  const edges = isMapping(entity.edges) ? entity.edges : {};
  return {
    kind: entity.kind as string,
    namespace: entity.namespace as string,
    name: entity.name as string,
    location: typeof entity.location === 'string' ? entity.location : undefined,
    edges: Object.fromEntries(
      Object.entries(edges).map(([relation, targets]) => [
        relation,
        Array.isArray(targets)
          ? targets.filter(target => typeof target === 'string')
          : [],
      ]),
    ),
  };
}

function isAction(action: unknown): action is TemplateAction {
  return (
    isMapping(action) &&
    typeof action.id === 'string' &&
    (action.input === undefined || isMapping(action.input as JsonSchema)) &&
    (action.output === undefined || Array.isArray(action.output))
  );
}

/** The snapshot's entities by key, without those that the files stand for. */
export function knownEntities(
  snapshot: Snapshot,
  ownLocations: readonly string[],
): Map<string, KnownEntity> {
  const known = new Map<string, KnownEntity>();
  for (const { kind, namespace, name, location, edges } of snapshot.entities) {
    if (
      location !== undefined &&
      ownLocations.some(beginning => location.startsWith(beginning))
    ) {
      continue;
    }
    const ref = { kind, namespace, name };
    known.set(refKey(ref), { ref, location, edges: edges ?? {} });
  }
  return known;
}
