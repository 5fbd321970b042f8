import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Delivery,
  EntityEstate,
  RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import type { EstateReader } from '../entities/EstateReader';
import type { EntityContext } from '../projection/model';
import { lookUpFreshness, type ReadSources } from '../status/estateStatus';

const shownDeliveries = 50;

/** What it takes to tell what the estate knows of an entity. */
export interface EntityEstateOptions {
  reader: EstateReader;
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  now: () => number;
}

/** Of these references, those that the caller may see in the catalog. */
async function visibleOf(
  refs: string[],
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  credentials: BackstageCredentials,
): Promise<Set<string>> {
  if (refs.length === 0) {
    return new Set();
  }
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: refs, fields: ['kind'] },
    { credentials },
  );
  return new Set(refs.filter((_, position) => items[position]));
}

/**
 * What the estate knows of one entity, as far as the caller may see it and its
 * parts in the catalog.
 *
 * @throws NotFoundError for what is missing and what is forbidden alike
 */
export async function readEntityEstate(
  entityRef: string,
  credentials: BackstageCredentials,
  { reader, sources, catalog, now }: EntityEstateOptions,
): Promise<EntityEstate> {
  const [visible, known] = await Promise.all([
    visibleOf([entityRef], catalog, credentials),
    reader.contexts([entityRef]),
  ]);
  if (!visible.has(entityRef)) {
    throw new NotFoundError(
      `There is no entity ${entityRef} that you may read; check the reference`,
    );
  }
  const context = known.get(entityRef);
  if (!context) {
    return {
      entityRef,
      kind: 'unknown',
      instances: [],
      deliveries: [],
      links: [],
      problems: await reader.problems([entityRef]),
      now: now(),
    };
  }

  const wanted = [
    ...(context.instanceRefs ?? []),
    ...(context.applicationRefs ?? []),
  ];
  const parts = await visibleOf(wanted, catalog, credentials);
  const [contexts, freshness, problems] = await Promise.all([
    reader.contexts([...parts]),
    lookUpFreshness(sources),
    reader.problems([
      entityRef,
      ...(context.instanceRefs ?? []).filter(ref => parts.has(ref)),
    ]),
  ]);
  const toInstances = (own: EntityContext | undefined): RunningInstance[] =>
    own?.instance
      ? [
          {
            ...own.instance,
            freshness: freshness.of(own.partition, own.source),
          },
        ]
      : [];
  const deliveries = [
    ...(context.deliveries ?? []),
    ...(context.applicationRefs ?? []).flatMap(
      ref => contexts.get(ref)?.deliveries ?? [],
    ),
  ];
  return {
    entityRef,
    kind: context.kind,
    freshness: freshness.of(context.partition, context.source),
    owner: context.owner,
    environment: context.environment,
    lifecycle: context.lifecycle,
    successorRef: context.successorRef,
    instances: [
      ...toInstances(context),
      ...(context.instanceRefs ?? []).flatMap(ref =>
        toInstances(contexts.get(ref)),
      ),
    ],
    deliveries: newestFirst(deliveries).slice(0, shownDeliveries),
    links: context.links,
    problems,
    now: now(),
  };
}

function newestFirst(deliveries: Delivery[]): Delivery[] {
  return [...deliveries].sort(
    (a, b) =>
      b.deployedAt - a.deployedAt ||
      (a.applicationRef < b.applicationRef ? -1 : 1),
  );
}
