import type { AuthService } from '@backstage/backend-plugin-api';
import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from './quorum';

/** What membership is read from. */
export interface MembershipOptions {
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Whether members of a group count for the groups above it. */
  nested: boolean;
}

/** Hops up or down the tree of groups. */
const mostLevels = 8;

/** Entities of one person that are looked for. */
const mostEntities = 20;

const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'spec.profile.email',
  'relations',
];

function emailOf({ spec }: Entity): string | undefined {
  const email = (spec?.profile as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? email.toLowerCase() : undefined;
}

function related(entity: Entity, type: string, kind: string): string[] {
  return (entity.relations ?? [])
    .filter(
      relation =>
        relation.type === type && relation.targetRef.startsWith(`${kind}:`),
    )
    .map(({ targetRef }) => targetRef.toLowerCase());
}

/**
 * Who belongs to which group, from the catalog's relations as they are now:
 * what a token says was true at sign-in (DECISIONS 4, THREATS H9).
 */
export class Membership {
  readonly #options: MembershipOptions;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** A person of the catalog with all groups; `undefined` where there is none. */
  async person(ref: string): Promise<Person | undefined> {
    return (await this.people([ref])).get(ref.toLowerCase());
  }

  /** Those of these people that the catalog has. */
  async people(refs: readonly string[]): Promise<Map<string, Person>> {
    const wanted = refs.map(ref => ref.toLowerCase());
    const users = await this.#read(
      wanted.filter(ref => ref.startsWith('user:')),
    );
    const own = new Map<string, string[]>();
    users.forEach((entity, ref) =>
      own.set(ref, related(entity, 'memberOf', 'group')),
    );
    const above = this.#options.nested
      ? await this.#closure([...own.values()].flat(), 'childOf')
      : new Map<string, Set<string>>();
    const found = new Map<string, Person>();
    users.forEach((entity, ref) => {
      const groups = new Set(own.get(ref));
      own
        .get(ref)!
        .forEach(group =>
          above.get(group)?.forEach(parent => groups.add(parent)),
        );
      found.set(ref, {
        ref,
        identity: emailOf(entity) ?? ref,
        groups: [...groups].sort(),
      });
    });
    return found;
  }

  /** References of the people whom an e-mail address names; several when one has several entities. */
  async named(email: string): Promise<string[]> {
    const identity = email.toLowerCase();
    const { items } = await this.#options.catalog.queryEntities(
      {
        filter: { kind: 'User', 'spec.profile.email': identity },
        fields,
        limit: mostEntities,
      },
      { credentials: await this.#options.auth.getOwnServiceCredentials() },
    );
    return items
      .filter(
        entity =>
          entity.kind.toLowerCase() === 'user' && emailOf(entity) === identity,
      )
      .map(entity => stringifyEntityRef(getCompoundEntityRef(entity)));
  }

  /** Everybody who belongs to one of these groups. */
  async members(groups: readonly string[]): Promise<Person[]> {
    const all = new Set(groups.map(group => group.toLowerCase()));
    if (this.#options.nested) {
      const below = await this.#closure([...all], 'parentOf');
      below.forEach(children => children.forEach(child => all.add(child)));
    }
    const entities = await this.#read([...all]);
    const refs = new Set<string>();
    entities.forEach(entity =>
      related(entity, 'hasMember', 'user').forEach(ref => refs.add(ref)),
    );
    return [...(await this.people([...refs])).values()];
  }

  /** Groups that are reached from each of these by one relation. */
  async #closure(
    groups: readonly string[],
    relation: string,
  ): Promise<Map<string, Set<string>>> {
    const next = new Map<string, string[]>();
    let frontier = [...new Set(groups)];
    for (let level = 0; frontier.length > 0 && level < mostLevels; level++) {
      const entities = await this.#read(frontier);
      frontier.forEach(ref => {
        const entity = entities.get(ref);
        next.set(ref, entity ? related(entity, relation, 'group') : []);
      });
      frontier = [...new Set([...next.values()].flat())].filter(
        ref => !next.has(ref),
      );
    }
    const reach = (ref: string, seen: Set<string>) => {
      for (const one of next.get(ref) ?? []) {
        if (!seen.has(one)) {
          seen.add(one);
          reach(one, seen);
        }
      }
      return seen;
    };
    return new Map(groups.map(ref => [ref, reach(ref, new Set())]));
  }

  async #read(refs: readonly string[]): Promise<Map<string, Entity>> {
    const found = new Map<string, Entity>();
    if (refs.length === 0) {
      return found;
    }
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs: [...new Set(refs)], fields },
      { credentials: await this.#options.auth.getOwnServiceCredentials() },
    );
    for (const entity of items) {
      if (entity) {
        found.set(stringifyEntityRef(getCompoundEntityRef(entity)), entity);
      }
    }
    return found;
  }
}
