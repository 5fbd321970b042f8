import { KubernetesObject } from '../../kubernetes/model';
import { CompanySeed, DatastoreSeed, WorkloadSeed } from '../../seed/model';
import { datastorePort } from './address';
import { serviceManifest } from './companions';
import { workloadManifest } from './workload';

// As people write them: with and without the registry's name.
const images: Record<DatastoreSeed['engine'], string> = {
  postgres: 'docker.io/library/postgres',
  redis: 'redis',
  rabbitmq: 'rabbitmq',
  mongo: 'docker.io/library/mongo',
};

/** The StatefulSet and the Service of a datastore. */
export function datastoreManifests(
  company: CompanySeed,
  datastore: DatastoreSeed,
): KubernetesObject[] {
  const port = datastorePort(datastore.engine);
  return storeManifests({
    company,
    name: datastore.name,
    namespace: datastore.namespace,
    image: `${images[datastore.engine]}:${datastore.version}`,
    port,
    labels: {
      'app.kubernetes.io/name': datastore.name,
      'app.kubernetes.io/part-of': datastore.team,
      'app.kubernetes.io/component': 'datastore',
      'app.kubernetes.io/managed-by': 'argocd',
    },
  });
}

/** A StatefulSet with a headless Service at one port. */
export function storeManifests(options: {
  company: CompanySeed;
  name: string;
  namespace: string;
  image: string;
  port: number;
  labels: Record<string, string>;
}): KubernetesObject[] {
  const { company, name, namespace, image, port, labels } = options;
  const workload: WorkloadSeed = {
    kind: 'StatefulSet',
    name,
    role: 'datastore',
    port,
  };
  return [
    workloadManifest({
      company,
      workload,
      namespace,
      image,
      labels,
      replicas: 1,
    }),
    serviceManifest({ workload, namespace, labels, port, headless: true }),
  ];
}
