import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { BlastRadius } from '@causeway/backstage-plugin-causeway-common';
import { CallerView } from '../../estate/access/CallerView';
import { requireReadable } from '../../estate/access/requireReadable';
import type { Ask } from '../../estate/questions/createQuestions';
import { readBlastRadius } from '../targets/readBlastRadius';
import { isTemplate } from '../targets/TemplateTargets';

/** What a caller's sight is worked out from. */
export interface SightSources {
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  permissions: Pick<PermissionsService, 'authorizeConditional'>;
  ask: Ask;
  /** The service that a target is part of: whatever depends on it depends on the target. */
  serviceOf(entityRef: string): Promise<string | undefined>;
}

/**
 * Requests tell of entities: of their target, and of what is around it. Who may
 * not read every entity of the catalog is told of what they may read only
 * (THREATS H15). One for each call.
 */
export class RequestSight {
  readonly #sources: SightSources;
  readonly #credentials: BackstageCredentials;
  readonly #view: CallerView;

  constructor(sources: SightSources, credentials: BackstageCredentials) {
    this.#sources = sources;
    this.#credentials = credentials;
    this.#view = new CallerView(
      sources.catalog,
      sources.permissions,
      credentials,
    );
  }

  /** Whether nothing has to be held back. */
  seesAll(): Promise<boolean> {
    return this.#view.readsAll();
  }

  async sees(entityRef: string): Promise<boolean> {
    return (
      (await this.seesAll()) ||
      (await this.#view.readable([entityRef])).has(entityRef)
    );
  }

  /** Those of these targets that the caller may read. */
  async readable(targets: readonly string[]): Promise<string[]> {
    return [...(await this.#view.readable(targets))];
  }

  /**
   * Goes on only for a target that the caller may read.
   *
   * @throws NotFoundError for what is missing and what is forbidden alike
   */
  async requireTarget(entityRef: string): Promise<void> {
    if (!(await this.seesAll())) {
      await requireReadable(entityRef, this.#view);
    }
  }

  /** What operations call the type of an entity that the caller may read: `spec.type`, and of templates `template`. */
  async typeOf(entityRef: string): Promise<string | undefined> {
    await requireReadable(entityRef, this.#view);
    if (isTemplate(entityRef)) {
      return 'template';
    }
    const [entity] = await this.#view.entities([entityRef], ['spec.type']);
    const type = entity?.spec?.type;
    return typeof type === 'string' ? type : undefined;
  }

  /** The blast radius as it is told to this caller: counted again from what the caller may read. */
  async blastRadius(
    entityRef: string,
    counted: BlastRadius | undefined,
  ): Promise<BlastRadius | undefined> {
    if (counted === undefined || (await this.seesAll())) {
      return counted;
    }
    return readBlastRadius(
      this.#sources.ask,
      (await this.#sources.serviceOf(entityRef)) ?? entityRef,
      this.#credentials,
    );
  }
}
