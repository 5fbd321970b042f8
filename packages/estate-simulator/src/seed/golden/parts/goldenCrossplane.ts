import { ClusterName, CompanySeed } from '../../model';
import {
  ComposedSeed,
  DefinitionSeed,
  InstanceSeed,
} from '../../platform/model';
import { composedName, compositeName } from '../../platform/names';
import { resourceRef } from '../names';
import { ownerOfNamespace, Placements } from '../placements';
import { partOf, PlacedThing, runsOn } from './PlacedThing';

/** Kinds of claims that say themselves that they are a database. */
const datastoreKinds = ['PostgreSQLInstance'];

function placeCrossplane(
  company: CompanySeed,
  { workloads }: Placements,
): PlacedThing[] {
  if (!company.platform) {
    return [];
  }
  const { clusters, group, definitions, instances } =
    company.platform.crossplane;
  const definitionRef = (cluster: string, { plural }: DefinitionSeed) =>
    resourceRef(cluster, 'xrd', `${plural}.${group}`);
  const things: PlacedThing[] = clusters.flatMap(cluster =>
    definitions.map(definition => ({
      ref: definitionRef(cluster, definition),
      type: 'crossplane-definition',
      edges: [],
    })),
  );
  for (const instance of instances) {
    const definition = definitions.find(
      ({ kind }) => kind === instance.definition,
    )!;
    for (const cluster of instance.clusters) {
      things.push(
        ...placeInstance(company, {
          cluster,
          definition,
          instance,
          definitionRef: definitionRef(cluster, definition),
          workloads,
        }),
      );
    }
  }
  return things;
}

function placeInstance(
  company: CompanySeed,
  options: {
    cluster: ClusterName;
    definition: DefinitionSeed;
    instance: InstanceSeed;
    definitionRef: string;
    workloads: Placements['workloads'];
  },
): PlacedThing[] {
  const { cluster, definition, instance, definitionRef, workloads } = options;
  const { namespace, name } = instance;
  const { claim, kind, composes } = definition;
  const owner = ownerOfNamespace(company, namespace);
  const place = claim ? [cluster] : [cluster, namespace];
  const composite = resourceRef(
    ...place,
    kind.toLowerCase(),
    compositeName(cluster, definition, instance),
  );
  const composedRef = (composed: ComposedSeed) =>
    resourceRef(
      ...place,
      `${composed.kind}-${composed.group.split('.')[0]}`.toLowerCase(),
      composedName(cluster, definition, instance, composed),
    );
  const here: [string, string][] = claim ? [] : [runsOn(cluster, namespace)];
  const things: PlacedThing[] = [
    {
      ref: composite,
      type: 'crossplane-composite',
      owner,
      edges: [
        ...here,
        ['dependsOn', definitionRef],
        ...composes.map(
          one => ['provisions', composedRef(one)] as [string, string],
        ),
      ],
    },
    ...composes.map(one => ({
      ref: composedRef(one),
      type: 'crossplane-managed',
      owner,
      edges: here,
    })),
  ];
  if (claim) {
    const ref = resourceRef(cluster, namespace, claim.kind.toLowerCase(), name);
    things.push({
      ref,
      type: datastoreKinds.includes(claim.kind)
        ? 'datastore'
        : 'crossplane-claim',
      owner,
      edges: [runsOn(cluster, namespace), ['provisions', composite]],
    });
    const users = workloads.filter(
      one =>
        one.cluster === cluster &&
        one.namespace === namespace &&
        one.secrets.includes(instance.connectionSecret ?? ''),
    );
    things.push(
      ...users.map(workload => ({
        ref: workload.ref,
        edges: [['dependsOn', ref] as [string, string]],
      })),
    );
  }
  return things;
}

/** Definitions of Crossplane, with their instances and what those consist of. */
export const goldenCrossplane = partOf(placeCrossplane);
