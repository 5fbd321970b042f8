import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  FactValue,
  Health,
  IngestedType,
} from '@causeway/backstage-plugin-causeway-common';
import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import type { EstateReader } from '../../estate/entities/EstateReader';
import { readEntityRecord } from '../../estate/entities/readEntityRecord';
import { knownValues, type StoredFacts } from '../../estate/facts/storedFacts';
import type {
  Observation,
  ObservedArgoApplication,
  ObservedRepository,
  ObservedWorkload,
} from '../../estate/observations/model';
import { readObservation } from '../../estate/observations/readObservation';
import type { EntityContext } from '../../estate/projection/model';
import {
  lookUpFreshness,
  type ReadSources,
} from '../../estate/status/estateStatus';
import { isTemplate, type TemplateTargets } from './TemplateTargets';

/** What targets are read from: the estate, and nothing that a tenant can point elsewhere. */
export interface TargetReaderOptions {
  database: Knex;
  reader: Pick<EstateReader, 'contexts'>;
  sources: ReadSources;
  /** Templates are in the catalog alone. */
  templates: Pick<TemplateTargets, 'read'>;
}

/** A target with what policy wants to know around it. */
export interface ReadTarget {
  target: OperationTarget;
  health?: Health;
  sync?: string;
  contested: boolean;
  /** The service that it is part of; what depends on it depends on the target. */
  serviceRef?: string;
}

/** Whether an edge of a target leads to the service that it is part of. */
export function isPartOf({ type }: { type: string }): boolean {
  return type === 'partOf';
}

/** The full, lower-case form of a reference. */
export function toTargetRef(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `target must be an entity reference such as resource:default/payment-api-production-eu, but is '${text.slice(0, 200)}'`,
    );
  }
}

/** Facts that policy may judge by. */
function decidingFacts(
  stored: StoredFacts | undefined,
): Record<string, FactValue> {
  return Object.fromEntries(
    stored
      ? [...knownValues(stored)]
          // What tenants wrote must not decide (THREATS C2).
          .filter(([, { origin }]) => origin !== 'claimed')
          .map(([name, { value }]) => [name, value])
      : [],
  );
}

/** Reads what operations are asked for, as the estate knows it now. */
export class TargetReader {
  readonly #options: TargetReaderOptions;

  constructor(options: TargetReaderOptions) {
    this.#options = options;
  }

  /** The target, or `undefined` where the estate knows no object of that name that can be operated on. */
  async read(entityRef: string): Promise<ReadTarget | undefined> {
    const { database, sources, templates } = this.#options;
    if (isTemplate(entityRef)) {
      return templates.read(entityRef);
    }
    const [record, freshness] = await Promise.all([
      // Whoever writes to its service or its namespace lays claim to it, too.
      readEntityRecord(
        database,
        entityRef,
        edge => isPartOf(edge) || edge.type === 'runsOn',
      ),
      lookUpFreshness(sources),
    ]);
    if (!record) {
      return undefined;
    }
    const { context, observation, edges, problems } = record;
    const common = {
      entityRef,
      observed: observation.data as unknown as JsonObject,
      owner: context.owner,
      environment: context.environment,
      facts: decidingFacts(record.facts),
      freshness: freshness.of(context.partition, context.source),
    };
    const own = await this.#describe(observation, context);
    if (!own) {
      return undefined;
    }
    return {
      target: { ...common, ...own },
      health: context.health,
      sync: context.sync,
      contested: problems.some(({ kind }) => kind === 'contested'),
      serviceRef: edges.find(isPartOf)?.to,
    };
  }

  /** What it is in its source; `undefined` for what no operation works on. */
  async #describe(
    { kind, data }: Pick<Observation, 'kind' | 'data'>,
    context: EntityContext,
  ) {
    switch (kind) {
      case 'ArgoApplication':
        return this.#asApplication(data as ObservedArgoApplication, context);
      case 'Workload':
        return this.#asWorkload(data as ObservedWorkload, context);
      case 'Repository':
        return this.#asRepository(data as ObservedRepository, context);
      default:
        return undefined;
    }
  }

  #asRepository(
    { organization, name, nodeId }: ObservedRepository,
    { source }: EntityContext,
  ) {
    return {
      title: `${organization}/${name}`,
      type: 'github-repository' satisfies IngestedType,
      source,
      kind: 'Repository',
      namespace: organization,
      name,
      uid: nodeId,
    };
  }

  #asApplication(data: ObservedArgoApplication, context: EntityContext) {
    return {
      title: `${data.name} (${data.instance || context.source})`,
      type: 'argocd-application' satisfies IngestedType,
      source: data.instance || context.source,
      kind: 'Application',
      namespace: data.namespace,
      name: data.name,
      uid: data.uid,
    };
  }

  async #asWorkload(
    { meta, workloadKind }: ObservedWorkload,
    context: EntityContext,
  ) {
    return {
      title: `${meta.name} (${context.source}/${meta.namespace})`,
      type: 'kubernetes-workload' satisfies IngestedType,
      source: context.source,
      kind: workloadKind,
      namespace: meta.namespace,
      name: meta.name,
      uid: meta.uid,
      application: await this.#application(context.instance?.applicationRef),
    };
  }

  async #application(
    entityRef: string | undefined,
  ): Promise<OperationTarget['application']> {
    if (!entityRef) {
      return undefined;
    }
    const { reader, database } = this.#options;
    const context = (await reader.contexts([entityRef])).get(entityRef);
    const observation =
      context?.objectKey &&
      (await readObservation(database, context.partition, context.objectKey));
    if (!context || !observation) {
      return undefined;
    }
    const data = observation.data as ObservedArgoApplication;
    return {
      entityRef,
      source: data.instance || context.source,
      name: data.name,
      namespace: data.namespace,
      project: data.project,
      automated: data.automated,
      sources: data.sources,
    };
  }
}
