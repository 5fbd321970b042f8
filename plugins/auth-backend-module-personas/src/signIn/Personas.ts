import type { AuthService } from '@backstage/backend-plugin-api';
import {
  stringifyEntityRef,
  type Entity,
  type UserEntity,
} from '@backstage/catalog-model';
import { AuthenticationError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { SimulatedPersona, SimulatorAbout } from '../simulator/fetchAbout';

/** A persona as the sign-in page gets it. */
export interface OfferedPersona {
  /** To be sent back in the header. */
  name: string;
  displayName: string;
  title: string;
  description: string;
  default: boolean;
  /** Reference of the User. */
  entityRef: string;
  /** Whether the catalog has the User, so that signing in works. */
  ready: boolean;
}

/**
 * Somebody whom no catalog knows and who belongs to no team: sees what
 * everybody may see. As Backstage's own guest provider calls it.
 */
export const guest = {
  name: 'guest',
  displayName: 'Guest',
  title: 'Belongs to no team',
  description: 'Looks around, and may change nothing.',
  entityRef: 'user:development/guest',
} as const;

/** Answer of the route that lists them. */
export interface PersonaOffer {
  company: string;
  /** Name of the default persona. */
  default?: string;
  /** Whether all of them can sign in now. */
  ready: boolean;
  personas: OfferedPersona[];
}

/** The people of the simulated estate whom one may be, and a guest. */
export class Personas {
  readonly #about: SimulatorAbout;
  readonly #namespace: string;
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #auth: AuthService;

  constructor(options: {
    about: SimulatorAbout;
    /** Catalog namespace of the estate's entities. */
    namespace: string;
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    auth: AuthService;
  }) {
    this.#about = options.about;
    this.#namespace = options.namespace;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** The User of a persona. @throws AuthenticationError when there is no such persona */
  entityRefOf(name: string | undefined): string {
    if (name === guest.name) {
      return guest.entityRef;
    }
    const persona = this.#about.personas.find(({ login }) => login === name);
    if (!persona) {
      throw new AuthenticationError(
        `There is no persona '${String(name).slice(0, 40)}'`,
      );
    }
    return this.#ref(persona);
  }

  /** Everybody, with what the catalog knows of them by now. */
  async offer(): Promise<PersonaOffer> {
    const { company, personas } = this.#about;
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: personas.map(persona => this.#ref(persona)) },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const main = personas.find(persona => persona.default) ?? personas[0];
    const offered = personas.map((persona, index) => ({
      name: persona.login,
      displayName: displayName(items[index]) ?? persona.name,
      title: persona.title,
      description: persona.description,
      default: persona === main,
      entityRef: this.#ref(persona),
      ready: isStitched(items[index]),
    }));
    return {
      company,
      default: main?.login ?? guest.name,
      ready: offered.length > 0 && offered.every(({ ready }) => ready),
      personas: [...offered, { ...guest, default: !main, ready: true }],
    };
  }

  #ref({ login }: SimulatedPersona): string {
    return stringifyEntityRef({
      kind: 'User',
      namespace: this.#namespace,
      name: login.toLowerCase(),
    });
  }
}

/** Ownership comes from the relations: without them one would sign in as a member of nothing. */
function isStitched(entity: Entity | undefined): boolean {
  const { memberOf } = (entity as UserEntity | undefined)?.spec ?? {};
  return (
    entity !== undefined &&
    (!memberOf?.length ||
      Boolean(entity.relations?.some(({ type }) => type === 'memberOf')))
  );
}

function displayName(entity: Entity | undefined): string | undefined {
  return (entity as UserEntity | undefined)?.spec?.profile?.displayName;
}
