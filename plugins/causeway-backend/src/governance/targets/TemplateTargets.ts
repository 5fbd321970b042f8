import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import { readConfiguredLocations } from '../../estate/projection/config';
import { isTrusted } from '../../estate/projection/identity/trust';
import type { ReadTarget } from './TargetReader';

/** What stands for the scaffolder among sources: its executions wait for no cluster's. */
const scaffolderSource = 'scaffolder';

/** Whether a reference is one of a template. */
export function isTemplate(entityRef: string): boolean {
  return (
    parseEntityRef(entityRef).kind.toLocaleLowerCase('en-US') === 'template'
  );
}

/**
 * Templates as targets. They are in the catalog and nowhere else, so that their
 * owner decides only where the portal's own `catalog.locations` brought them: a
 * template that somebody registered names its approvers in vain (THREATS C2).
 * It has no environment, and nothing in its file can give it one.
 */
export class TemplateTargets {
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly #configuredLocations: string[];

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    config: Config;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#configuredLocations = readConfiguredLocations(options.config);
  }

  async read(entityRef: string): Promise<ReadTarget | undefined> {
    const {
      items: [entity],
    } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [entityRef] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    if (!entity) {
      return undefined;
    }
    const { name, namespace = 'default', title, uid, etag } = entity.metadata;
    return {
      target: {
        entityRef,
        title: title ?? name,
        type: 'template',
        source: scaffolderSource,
        kind: entity.kind,
        namespace,
        name,
        uid,
        observed: { ...(uid && { uid }), ...(etag && { etag }) },
        owner: this.#ownerOf(entity),
        facts: {},
        freshness: {
          source: 'catalog',
          partition: 'catalog',
          state: 'fresh',
        },
      },
      contested: false,
    };
  }

  #ownerOf(entity: Entity): SourcedValue | undefined {
    const { annotations = {} } = entity.metadata;
    const owner = entity.relations?.find(
      ({ type }) => type === RELATION_OWNED_BY,
    )?.targetRef;
    const trusted = isTrusted(
      {
        location: annotations[ANNOTATION_LOCATION] ?? '',
        originLocation: annotations[ANNOTATION_ORIGIN_LOCATION] ?? '',
      },
      {
        claims: {
          trustedLocations: [],
          configuredLocations: this.#configuredLocations,
        },
      },
    );
    return owner === undefined
      ? undefined
      : {
          value: owner,
          origin: trusted ? 'platform' : 'claimed',
          rule: trusted ? 'catalog-locations' : 'catalog-file',
        };
  }
}
