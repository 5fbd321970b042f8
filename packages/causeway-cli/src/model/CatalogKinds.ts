import { isMapping } from '../document/CatalogDocument';
import { likelySpelling } from './spelling';

/** JSON schema as plain data. */
export type JsonSchema = Record<string, unknown>;

/** A field of a kind that refers to other entities. */
export interface ReferenceField {
  /** Dot-separated way into the entity, e.g. `spec.owner`. */
  path: string;
  /** Relation that the catalog makes of it, e.g. `ownedBy`. */
  relation: string;
  /** Kind of a reference that names none. */
  defaultKind?: string;
  /** Namespace of a reference that names none: the entity's own, or `default`. */
  defaultNamespace?: string;
  /** Kinds that make sense there; all where absent. */
  allowedKinds?: string[];
}

/** One kind in one version, possibly for one `spec.type` only. */
export interface CatalogKind {
  kind: string;
  apiVersion: string;
  specType?: string;
  description: string;
  relationFields: ReferenceField[];
  /** Schema of the whole entity, envelope and metadata included. */
  jsonSchema: JsonSchema;
}

/** What looking a kind up found. */
export interface KindLookup {
  /**
   * The kind; where kind or apiVersion are wrong, the one that is meant most
   * likely, so that everything else about the entity can be checked as well.
   */
  found?: CatalogKind;
  /** What the catalog does not know. */
  missing?: 'kind' | 'apiVersion';
}

/** The kinds that the catalog knows. */
export class CatalogKinds {
  readonly #kinds: readonly CatalogKind[];
  readonly #byKey = new Map<string, CatalogKind>();
  readonly #versions = new Map<string, Set<string>>();

  constructor(kinds: readonly CatalogKind[]) {
    this.#kinds = kinds;
    for (const kind of kinds) {
      this.#byKey.set(
        keyOf(kind.kind, kind.apiVersion, kind.specType ?? ''),
        kind,
      );
      const versions = this.#versions.get(kind.kind) ?? new Set();
      this.#versions.set(kind.kind, versions.add(kind.apiVersion));
    }
  }

  all(): readonly CatalogKind[] {
    return this.#kinds;
  }

  names(): string[] {
    return [...this.#versions.keys()];
  }

  /** The apiVersions of a kind. */
  versionsOf(kind: string): string[] {
    return [...(this.#versions.get(kind) ?? [])];
  }

  /** Name of a kind in its proper letter case. */
  properName(kind: string): string | undefined {
    const lower = kind.toLowerCase();
    return this.names().find(name => name.toLowerCase() === lower);
  }

  lookUp(entity: {
    apiVersion?: unknown;
    kind?: unknown;
    spec?: unknown;
  }): KindLookup {
    const { apiVersion, kind } = entity;
    if (typeof kind !== 'string') {
      return { missing: 'kind' };
    }
    const type = isMapping(entity.spec) ? entity.spec.type : undefined;
    if (!this.#versions.has(kind)) {
      const likely = likelySpelling(kind, this.#versions.keys());
      return {
        missing: 'kind',
        found: likely ? this.#closest(likely, apiVersion, type) : undefined,
      };
    }
    const found = this.#find(kind, apiVersion, type);
    return found
      ? { found }
      : {
          missing: 'apiVersion',
          found: this.#closest(kind, apiVersion, type),
        };
  }

  #find(
    kind: string,
    apiVersion: unknown,
    type: unknown,
  ): CatalogKind | undefined {
    return (
      (typeof type === 'string' &&
        this.#byKey.get(keyOf(kind, String(apiVersion), type))) ||
      this.#byKey.get(keyOf(kind, String(apiVersion), ''))
    );
  }

  #closest(
    kind: string,
    apiVersion: unknown,
    type: unknown,
  ): CatalogKind | undefined {
    const [first] = this.versionsOf(kind);
    return this.#find(kind, apiVersion, type) ?? this.#find(kind, first, type);
  }
}

function keyOf(kind: string, apiVersion: string, type: string): string {
  return `${kind}\0${apiVersion}\0${type}`;
}
