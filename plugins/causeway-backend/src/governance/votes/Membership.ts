import type { AuthService } from '@backstage/backend-plugin-api';
import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from './quorum';
import type { TrustsPeople } from './trustPeople';

/** What membership is read from. */
export interface MembershipOptions {
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Whether members of a group count for the groups above it. */
  nested: boolean;
  /** Whether a User or Group comes from where those who run the portal keep their organization. */
  trusts: TrustsPeople;
}

/** Hops up or down the tree of groups. */
const mostLevels = 8;

/** Entities of one person that are looked for. */
const mostEntities = 20;

const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
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
 *
 * A membership counts where the person and every group on the way come from a
 * trusted source (THREATS C2). Each relation has one of its two ends for its
 * author, so that a file of somebody's own can neither put its people into a
 * trusted group nor hang its group below one. A person from elsewhere is told
 * all the same, without groups: who is the same person may bar, never let in.
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
      own.set(
        ref,
        this.#options.trusts(entity)
          ? related(entity, 'memberOf', 'group')
          : [],
      ),
    );
    const reached = await this.#closure([...own.values()].flat(), 'childOf');
    const found = new Map<string, Person>();
    users.forEach((entity, ref) => {
      const groups = new Set(
        own.get(ref)!.flatMap(group => [...(reached.get(group) ?? [])]),
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
        totalItems: 'exclude',
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
    const wanted = groups.map(group => group.toLowerCase());
    const reached = await this.#closure(wanted, 'parentOf');
    const all = new Set([...reached.values()].flatMap(refs => [...refs]));
    const entities = await this.#read([...all]);
    const refs = new Set<string>();
    entities.forEach(entity =>
      related(entity, 'hasMember', 'user').forEach(ref => refs.add(ref)),
    );
    // The relation may be that of a file which says so of itself.
    return [...(await this.people([...refs])).values()].filter(person =>
      person.groups.some(group => all.has(group)),
    );
  }

  /** Each of these groups that counts, with what is reached from it by one relation where groups are nested. */
  async #closure(
    groups: readonly string[],
    relation: string,
  ): Promise<Map<string, Set<string>>> {
    const next = new Map<string, string[]>();
    const trusted = new Set<string>();
    let frontier = [...new Set(groups)];
    for (let level = 0; frontier.length > 0 && level < mostLevels; level++) {
      const entities = await this.#read(frontier);
      for (const ref of frontier) {
        const entity = entities.get(ref);
        const counts = entity !== undefined && this.#options.trusts(entity);
        if (counts) {
          trusted.add(ref);
        }
        next.set(
          ref,
          counts && this.#options.nested
            ? related(entity, relation, 'group')
            : [],
        );
      }
      frontier = [...new Set([...next.values()].flat())].filter(
        ref => !next.has(ref),
      );
    }
    const reach = (ref: string, seen: Set<string>) => {
      if (trusted.has(ref) && !seen.has(ref)) {
        seen.add(ref);
        next.get(ref)!.forEach(one => reach(one, seen));
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
