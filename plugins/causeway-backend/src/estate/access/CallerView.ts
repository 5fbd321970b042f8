import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** Most references of one call to the catalog. */
const pageSize = 1000;

/**
 * The catalog as one caller may see it, for the length of one question. All
 * that an answer names, counts or follows comes through here (THREATS H15).
 */
export class CallerView {
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #credentials: BackstageCredentials;
  readonly #readable = new Map<string, boolean>();
  readonly #permissions: Pick<PermissionsService, 'authorizeConditional'>;
  #readsAll?: Promise<boolean>;
  /** What was read alone: what a question is about is read once. */
  readonly #single = new Map<string, Entity | undefined>();

  constructor(
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
    permissions: Pick<PermissionsService, 'authorizeConditional'>,
    credentials: BackstageCredentials,
  ) {
    this.#catalog = catalog;
    this.#permissions = permissions;
    this.#credentials = credentials;
  }

  /**
   * Whether the caller may read every entity that there could be. No condition
   * can be held against what is gone, so it is told to nobody else.
   */
  async readsAll(): Promise<boolean> {
    this.#readsAll ??= this.#permissions
      .authorizeConditional([{ permission: catalogEntityReadPermission }], {
        credentials: this.#credentials,
      })
      .then(([{ result }]) => result === AuthorizeResult.ALLOW);
    return this.#readsAll;
  }

  /** Entities in the order of the references; what is missing and what is forbidden are `undefined` alike. */
  async entities(
    refs: readonly string[],
    fields: string[],
  ): Promise<(Entity | undefined)[]> {
    const single = refs.length === 1 ? `${refs[0]} ${fields}` : undefined;
    if (single !== undefined && this.#single.has(single)) {
      return [this.#single.get(single)];
    }
    const found: (Entity | undefined)[] = [];
    for (let start = 0; start < refs.length; start += pageSize) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: refs.slice(start, start + pageSize), fields },
        { credentials: this.#credentials },
      );
      found.push(...items);
    }
    if (single !== undefined) {
      this.#single.set(single, found[0]);
    }
    refs.forEach((ref, at) => this.#readable.set(ref, found[at] !== undefined));
    return found;
  }

  /** Of these references, those that can be read. */
  async readable(refs: Iterable<string>): Promise<Set<string>> {
    const wanted = [...new Set(refs)];
    const unknown = wanted.filter(ref => !this.#readable.has(ref));
    if (unknown.length > 0) {
      await this.entities(unknown, ['kind']);
    }
    return new Set(wanted.filter(ref => this.#readable.get(ref)));
  }
}
