import {
  applicationOf,
  DEFAULT_STARTED_DAYS_AGO,
  projectOf,
} from '../defaults';
import { CallSeed, ClusterSeed, CompanySeed, WorkloadSeed } from '../model';
import { resourceRef, yieldedName } from './names';

/** A workload that the company declares in one cluster. */
export interface PlacedWorkload {
  ref: string;
  service: { namespace: string; name: string };
  cluster: string;
  namespace: string;
  /** Application that brings it; none for what came by hand. */
  application?: string;
  owner?: string;
  calls: CallSeed[];
  stores: CallSeed[];
  /** Names of the Secrets that it uses. */
  secrets: string[];
  repository?: string;
}

/** Something else in a namespace: a datastore, a gateway or a route. */
export interface PlacedResource {
  ref: string;
  type: 'datastore' | 'gateway' | 'route';
  cluster: string;
  namespace: string;
  application?: string;
  owner?: string;
  /** Of a route: the workload behind and the gateway before it. */
  backend?: string;
  gateway?: string;
}

/** One declared Application. */
export interface PlacedApplication {
  ref: string;
  instance: string;
  project: string;
  projectRef: string;
  owner: string;
}

/** Everything that the company declares, by the places where it is. */
export interface Placements {
  workloads: PlacedWorkload[];
  resources: PlacedResource[];
  applications: Map<string, PlacedApplication>;
  /** Component name of a service, by `namespace/name`. */
  components: Map<string, string>;
}

/** Spreads the company's declared intent over its clusters. */
export function placeCompany(company: CompanySeed): Placements {
  const workloads: PlacedWorkload[] = [];
  const resources: PlacedResource[] = [];
  const applications = new Map<string, PlacedApplication>();

  const application = (
    stem: string,
    cluster: ClusterSeed,
    project: string,
  ): string => {
    const name = `${stem}-${cluster.name}`;
    const ref = resourceRef(cluster.argocd, 'argocd', 'application', name);
    applications.set(ref, {
      ref,
      instance: cluster.argocd,
      project,
      projectRef: resourceRef(cluster.argocd, 'argocd', 'project', project),
      owner: ownerOfProject(company, project),
    });
    return ref;
  };

  for (const service of company.services) {
    const { namespace, repository } = service;
    const owner = ownerOfProject(company, projectOf(service));
    for (const cluster of company.clusters) {
      if (!service.versions[cluster.name]) {
        continue;
      }
      const by = application(
        applicationOf(service),
        cluster,
        projectOf(service),
      );
      const place = {
        cluster: cluster.name,
        namespace,
        application: by,
        owner,
      };
      const ref = (kind: string, name: string) =>
        resourceRef(cluster.name, namespace, kind.toLowerCase(), name);
      for (const workload of service.workloads) {
        workloads.push({
          ...place,
          ref: ref(workload.kind, workload.name),
          service: { namespace, name: service.name },
          calls: workload.calls ?? [],
          stores: workload.stores ?? [],
          secrets: secretsOf(workload, namespace),
          repository,
        });
      }
      for (const name of service.gateways ?? []) {
        resources.push({
          ...place,
          ref: ref('gateway', name),
          type: 'gateway',
        });
      }
      if (service.exposedAs) {
        const [{ kind, name }] = service.workloads;
        const production = cluster.environment === 'production';
        resources.push({
          ...place,
          ref: ref(production ? 'httproute' : 'ingress', name),
          type: 'route',
          backend: ref(kind, name),
          ...(production && {
            gateway: resourceRef(cluster.name, 'edge', 'gateway', 'public'),
          }),
        });
      }
    }
  }
  for (const store of company.datastores) {
    for (const cluster of company.clusters) {
      if (store.clusters.includes(cluster.name)) {
        resources.push({
          ref: resourceRef(
            cluster.name,
            store.namespace,
            'statefulset',
            store.name,
          ),
          type: 'datastore',
          cluster: cluster.name,
          namespace: store.namespace,
          application: application(store.application, cluster, store.team),
          owner: store.team,
        });
      }
    }
  }
  for (const one of company.unmanaged) {
    const { cluster, namespace, workload } = one;
    workloads.push({
      ref: resourceRef(
        cluster,
        namespace,
        workload.kind.toLowerCase(),
        workload.name,
      ),
      service: { namespace, name: one.service },
      cluster,
      namespace,
      owner: ownerOfNamespace(company, namespace),
      calls: workload.calls ?? [],
      stores: workload.stores ?? [],
      secrets: secretsOf(workload, namespace),
    });
  }
  for (const { cluster, namespace, name } of company.unmanagedDatastores) {
    resources.push({
      ref: resourceRef(cluster, namespace, 'statefulset', name),
      type: 'datastore',
      cluster,
      namespace,
      owner: ownerOfNamespace(company, namespace),
    });
  }
  return {
    workloads,
    resources,
    applications,
    components: nameComponents(company),
  };
}

/** Who stores something needs the credentials of the namespace. */
function secretsOf(
  { secrets = [], stores = [] }: WorkloadSeed,
  namespace: string,
): string[] {
  return [
    ...secrets,
    ...(stores.length > 0 ? [`${namespace}-credentials`] : []),
  ];
}

/** A project of a team belongs to it; `default` to the platform, as it is annotated. */
export function ownerOfProject(company: CompanySeed, project: string): string {
  return company.teams.some(({ slug }) => slug === project)
    ? project
    : 'platform';
}

/** The team that a namespace is annotated with. */
export function ownerOfNamespace(
  company: CompanySeed,
  namespace: string,
): string | undefined {
  return company.namespaces.find(({ name }) => name === namespace)?.owner;
}

// Of services with one name the one with the oldest workload keeps it.
function nameComponents(company: CompanySeed): Map<string, string> {
  const ages = new Map<string, number>();
  const note = (namespace: string, name: string, daysAgo: number) => {
    const key = `${namespace}/${name}`;
    ages.set(key, Math.max(daysAgo, ages.get(key) ?? 0));
  };
  company.services.forEach(({ namespace, name, startedDaysAgo }) =>
    note(namespace, name, startedDaysAgo ?? DEFAULT_STARTED_DAYS_AGO),
  );
  company.unmanaged.forEach(({ namespace, service, startedDaysAgo }) =>
    note(namespace, service, startedDaysAgo),
  );
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const oldestFirst = [...ages].sort(
    ([a, ageA], [b, ageB]) => ageB - ageA || (a < b ? -1 : 1),
  );
  for (const [key] of oldestFirst) {
    const [namespace, name] = key.split('/');
    names.set(key, taken.has(name) ? yieldedName(namespace, name) : name);
    taken.add(name);
  }
  return names;
}
