import { KubernetesObject } from '../kubernetes/model';
import { ClusterName, ClusterSeed } from '../seed/model';
import {
  autoscaler,
  cronJob,
  disruptionBudget,
  route,
  service,
} from './manifests/companions';
import { datastoreObjects } from './manifests/datastore';
import { deployment } from './manifests/deployment';
import { Instance } from './manifests/metadata';
import { namespace } from './manifests/namespace';
import { planService, ServicePlan } from './planService';
import { GeneratorSettings } from './GenerateOptions';

/** An object and where it lies. */
export interface GeneratedObject {
  cluster: ClusterName;
  object: KubernetesObject;
}

/** The services of an estate, without end where only objects are counted. */
export function* generateServices(
  settings: Pick<GeneratorSettings, 'seed' | 'services'>,
  clusters: ClusterSeed[],
): Generator<ServicePlan> {
  for (let number = 0; number < settings.services; number += 1) {
    yield planService({ seed: settings.seed, number, clusters });
  }
}

/** What a cluster holds of one service. */
export function instanceObjects(instance: Instance): KubernetesObject[] {
  const { plan, cluster } = instance;
  const production = cluster.environment === 'production';
  return [
    ...(plan.datastore ? datastoreObjects(instance, plan.datastore) : []),
    deployment(instance),
    service(instance),
    ...(plan.autoscaled && cluster.environment !== 'development'
      ? [autoscaler(instance)]
      : []),
    ...(plan.budget && production ? [disruptionBudget(instance)] : []),
    ...(plan.exposed ? [route(instance)] : []),
    ...(plan.cronJob ? [cronJob(instance)] : []),
  ];
}

/**
 * Everything that the clusters of a generated estate hold, service by service,
 * each namespace before what is in it.
 *
 * @param onInstance - told of each service in each cluster with its objects, as far as the size allows them
 */
export function* generateObjects(
  settings: GeneratorSettings,
  clusters: ClusterSeed[],
  onInstance: (instance: Instance, objects: KubernetesObject[]) => void,
): Generator<GeneratedObject> {
  const namespaces = new Set<string>();
  let left = settings.objects;
  for (const plan of generateServices(settings, clusters)) {
    for (const cluster of plan.clusters) {
      const objects = instanceObjects({ plan, cluster });
      if (!namespaces.has(`${cluster.name}/${plan.team}`)) {
        namespaces.add(`${cluster.name}/${plan.team}`);
        objects.unshift(namespace(plan.team));
      }
      const fitting = objects.slice(0, left);
      onInstance({ plan, cluster }, fitting);
      for (const object of fitting) {
        yield { cluster: cluster.name, object };
      }
      left -= fitting.length;
      if (left === 0) {
        return;
      }
    }
  }
}
