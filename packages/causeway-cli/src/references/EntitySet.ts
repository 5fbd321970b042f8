import { DocumentPath, DocumentSpan } from '../document/CatalogDocument';
import { ReferenceField } from '../model/CatalogKinds';
import { CompoundRef, refKey } from './entityRef';

/** One reference as it stands in an entity. */
export interface Reference {
  field: ReferenceField;
  path: DocumentPath;
  text: string;
  target: CompoundRef;
  /** The target's key (`refKey`). */
  key: string;
}

/** What rules over the whole set need of an entity; its document's value is gone by then. */
export interface SetEntity {
  ref: CompoundRef;
  key: string;
  document: DocumentSpan;
  references: Reference[];
}

/** An entity outside the set that a snapshot or the live catalog knows. */
export interface KnownEntity {
  ref: CompoundRef;
  /** References by relation, for cycles that lead through the live catalog. */
  edges: Record<string, string[]>;
  /** Where the live catalog read it from, e.g. `url:https://…`. */
  location?: string;
}

/** All entities of a run and, where a snapshot is given, those of the live catalog. */
export class EntitySet {
  readonly entities: SetEntity[] = [];
  /** Whether a reference that leads nowhere is certainly wrong. */
  readonly whole: boolean;
  readonly #byKey = new Map<string, SetEntity[]>();
  readonly #known: ReadonlyMap<string, KnownEntity>;

  constructor(options: {
    whole: boolean;
    known?: ReadonlyMap<string, KnownEntity>;
  }) {
    this.whole = options.whole;
    this.#known = options.known ?? new Map();
  }

  add(entity: SetEntity): void {
    this.entities.push(entity);
    const same = this.#byKey.get(entity.key);
    if (same) {
      same.push(entity);
    } else {
      this.#byKey.set(entity.key, [entity]);
    }
  }

  has(key: string): boolean {
    return this.#byKey.has(key) || this.#known.has(key);
  }

  /** The first entity of the set with this key. */
  get(key: string): SetEntity | undefined {
    return this.#byKey.get(key)?.[0];
  }

  /** The entity of the live catalog with this key. */
  getKnown(key: string): KnownEntity | undefined {
    return this.#known.get(key);
  }

  /** Entities of the set that share one key, where there is more than one. */
  *duplicates(): Generator<SetEntity[]> {
    for (const same of this.#byKey.values()) {
      if (same.length > 1) {
        yield same;
      }
    }
  }

  /** Every reference of the set with the entity that holds it. */
  *references(): Generator<{ from: SetEntity; reference: Reference }> {
    for (const from of this.entities) {
      for (const reference of from.references) {
        yield { from, reference };
      }
    }
  }

  /** Keys that one entity points to by a relation, wherever the entity is from. */
  targets(key: string, relations: ReadonlySet<string>): string[] {
    const own = this.get(key);
    if (own) {
      return own.references
        .filter(reference => relations.has(reference.field.relation))
        .map(reference => reference.key);
    }
    const known = this.#known.get(key);
    return known
      ? [...relations].flatMap(relation => known.edges[relation] ?? [])
      : [];
  }

  /** Known references of one kind, for likely spellings. */
  *refsOfKind(kind: string): Generator<CompoundRef> {
    const wanted = kind.toLowerCase();
    for (const entity of this.entities) {
      if (entity.ref.kind.toLowerCase() === wanted) {
        yield entity.ref;
      }
    }
    for (const entity of this.#known.values()) {
      if (entity.ref.kind.toLowerCase() === wanted) {
        yield entity.ref;
      }
    }
  }

  /** The entity with this namespace and name in any of the kinds. */
  findInKinds(
    ref: CompoundRef,
    kinds: Iterable<string>,
  ): CompoundRef | undefined {
    for (const kind of kinds) {
      const other = { ...ref, kind };
      if (this.has(refKey(other))) {
        return other;
      }
    }
    return undefined;
  }
}
