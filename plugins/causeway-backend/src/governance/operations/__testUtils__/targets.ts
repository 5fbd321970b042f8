import type { JsonObject } from '@backstage/types';
import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import type { EstateSimulator } from '@causeway/estate-simulator';
import type { ObservedWorkload } from '../../../estate/observations/model';
import { reduceApplication } from '../../../estate/sources/argocd/reduce/Application';
import type { JsonRecord } from '../../../estate/sources/read';
import { reduceRollout } from '../../../estate/sources/kubernetes/reduce/Rollout';
import { reduceWorkload } from '../../../estate/sources/kubernetes/reduce/Workload';

const types: Record<string, string> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Rollout: 'rollouts.argoproj.io',
};

const fresh: OperationTarget['freshness'] = {
  partition: 'test',
  state: 'fresh',
} as OperationTarget['freshness'];

/** A workload of the simulated estate as the estate would tell of it. */
export function workloadTarget(
  estate: EstateSimulator,
  cluster: string,
  kind: string,
  namespace: string,
  name: string,
): OperationTarget {
  const object = estate.world
    .cluster(cluster as 'staging')
    .get(types[kind], name, namespace);
  if (!object) {
    throw new Error(`${cluster} has no ${kind} ${namespace}/${name}`);
  }
  const reduce =
    kind === 'Rollout'
      ? reduceRollout
      : reduceWorkload(kind as ObservedWorkload['workloadKind']);
  const observed = reduce(object as unknown as JsonRecord)!;
  const application =
    object.metadata.annotations?.['argocd.argoproj.io/tracking-id']?.split(
      ':',
    )[0];
  return {
    entityRef: `resource:default/${cluster}.${namespace}.${kind.toLowerCase()}.${name}`,
    title: name,
    type: 'kubernetes-workload',
    source: cluster,
    kind,
    namespace,
    name,
    uid: observed.meta.uid,
    observed: JSON.parse(JSON.stringify(observed)) as JsonObject,
    facts: {
      ...(observed.replicas && {
        'replicas.desired': observed.replicas.desired,
        'replicas.baseline': observed.replicas.desired,
      }),
    },
    freshness: fresh,
    application: application
      ? managingApplication(estate, cluster, application)
      : undefined,
  };
}

function managingApplication(
  estate: EstateSimulator,
  cluster: string,
  name: string,
): OperationTarget['application'] {
  const controller = estate.world.argocdOf(cluster as 'staging');
  const target = applicationTarget(estate, controller.instance.name, name);
  return {
    entityRef: target.entityRef,
    source: target.source,
    name,
    namespace: target.namespace!,
    project: String(target.observed.project),
    automated: target.observed.automated === true,
    sources: target.observed.sources as never,
  };
}

/** An application of the simulated estate as the estate would tell of it. */
export function applicationTarget(
  estate: EstateSimulator,
  instance: string,
  name: string,
): OperationTarget {
  const object = estate.world.argocd
    .get(instance as 'argocd-prod')!
    .application(name);
  if (!object) {
    throw new Error(`${instance} has no application ${name}`);
  }
  const observed = reduceApplication(
    object as unknown as JsonRecord,
    instance,
  )!;
  return {
    entityRef: `resource:default/${instance}.application.${name}`,
    title: name,
    type: 'argocd-application',
    source: instance,
    kind: 'Application',
    namespace: observed.namespace,
    name,
    uid: observed.uid,
    observed: JSON.parse(JSON.stringify(observed)) as JsonObject,
    facts: {},
    freshness: fresh,
  };
}

/** A repository of the simulated estate as the estate would tell of it. */
export function repositoryTarget(
  estate: EstateSimulator,
  name: string,
): OperationTarget {
  const { organization } = estate.github;
  return {
    entityRef: `resource:default/${organization}.${name}`,
    title: name,
    type: 'github-repository',
    source: 'github',
    kind: 'Repository',
    namespace: organization,
    name,
    observed: {},
    facts: {},
    freshness: fresh,
  };
}
