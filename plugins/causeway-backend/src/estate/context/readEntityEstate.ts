import { NotFoundError } from '@backstage/errors';
import {
  worstHealth,
  type Delivery,
  type EntityEstate,
  type RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import type { CallerView } from '../access/CallerView';
import type { EstateReader } from '../entities/EstateReader';
import type { EntityContext } from '../projection/model';
import { isComposed } from '../projection/composed';
import { lookUpFreshness, type ReadSources } from '../status/estateStatus';

const shownDeliveries = 50;

/** What it takes to tell what the estate knows of an entity. */
export interface EntityEstateOptions {
  reader: EstateReader;
  sources: ReadSources;
  now: () => number;
}

/**
 * What the estate knows of one entity, as far as the caller may see it and its
 * parts in the catalog.
 *
 * @throws NotFoundError for what is missing and what is forbidden alike
 */
export async function readEntityEstate(
  entityRef: string,
  view: CallerView,
  { reader, sources, now }: EntityEstateOptions,
): Promise<EntityEstate> {
  const [readable, known] = await Promise.all([
    view.readable([entityRef]),
    reader.contexts([entityRef]),
  ]);
  if (!readable.has(entityRef)) {
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

  const { instanceRefs = [], applicationRefs = [] } = context;
  const sourceRefs = (await reader.edgesFrom([entityRef]))
    .filter(({ type }) => type === 'sourcedFrom')
    .map(({ to }) => to);
  const [parts, contexts, freshness] = await Promise.all([
    view.readable([
      ...instanceRefs,
      ...applicationRefs,
      ...sourceRefs,
      ...[
        context.successorRef ?? [],
        context.instance?.applicationRef ?? [],
      ].flat(),
    ]),
    reader.contexts([...instanceRefs, ...applicationRefs, ...sourceRefs]),
    lookUpFreshness(sources),
  ]);
  const visible = (ref: string | undefined) =>
    ref !== undefined && parts.has(ref) ? ref : undefined;
  const toInstances = (own: EntityContext | undefined): RunningInstance[] =>
    own?.instance
      ? [
          {
            ...own.instance,
            applicationRef: visible(own.instance.applicationRef),
            freshness: freshness.of(own.partition, own.source),
          },
        ]
      : [];
  const shownInstances = instanceRefs.filter(ref => parts.has(ref));
  const shownApplications = applicationRefs.filter(ref => parts.has(ref));
  // A link to what the caller may not see would name it.
  const hiddenLinks = new Set(
    [...instanceRefs, ...applicationRefs, ...sourceRefs]
      .filter(ref => !parts.has(ref))
      .flatMap(ref => contexts.get(ref)?.links ?? [])
      .map(({ url }) => url),
  );
  const instances = [
    ...toInstances(context),
    ...shownInstances.flatMap(ref => toInstances(contexts.get(ref))),
  ];
  return {
    entityRef,
    kind: context.kind,
    freshness: freshness.of(context.partition, context.source),
    owner: context.owner,
    environment: context.environment,
    lifecycle: context.lifecycle,
    successorRef: visible(context.successorRef),
    // Of a Component: of the instances that the caller may see.
    health: isComposed(context)
      ? worstHealth(instances.map(({ health }) => health))
      : context.health,
    sync: context.sync,
    conditions: context.conditions,
    policyFailures: context.policyFailures,
    instances,
    deliveries: newestFirst([
      ...(context.deliveries ?? []),
      ...shownApplications.flatMap(ref => contexts.get(ref)?.deliveries ?? []),
    ]).slice(0, shownDeliveries),
    freight: context.freight,
    promotions: context.promotions,
    links: context.links.filter(({ url }) => !hiddenLinks.has(url)),
    problems: await reader.problems([entityRef, ...shownInstances]),
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
