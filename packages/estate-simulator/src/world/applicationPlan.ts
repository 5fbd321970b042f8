import {
  applicationOf,
  DEFAULT_STARTED_DAYS_AGO,
  projectOf,
} from '../seed/defaults';
import { ClusterSeed, CompanySeed, ServiceSeed } from '../seed/model';

/** One Application that the company wants: a folder of Git in a cluster. */
export interface PlannedApplication {
  /** Name of the Application: `<stem>-<cluster>`. */
  name: string;
  stem: string;
  cluster: ClusterSeed;
  project: string;
  namespace: string;
  services: ServiceSeed[];
  automated: boolean;
  replicasLeftToCluster: boolean;
  startedDaysAgo: number;
}

/** Every Application of the company, in the order of services and clusters. */
export function planApplications(company: CompanySeed): PlannedApplication[] {
  const planned = new Map<string, PlannedApplication>();
  const clusters = new Map(
    company.clusters.map(cluster => [cluster.name as string, cluster]),
  );
  const plan = (
    stem: string,
    cluster: ClusterSeed,
    rest: Omit<PlannedApplication, 'name' | 'stem' | 'cluster' | 'services'>,
    service?: ServiceSeed,
  ) => {
    const name = `${stem}-${cluster.name}`;
    const known = planned.get(name) ?? {
      ...rest,
      name,
      stem,
      cluster,
      services: [],
    };
    if (service) {
      known.services.push(service);
    }
    planned.set(name, known);
  };

  for (const store of company.datastores) {
    for (const name of store.clusters) {
      plan(store.application, clusters.get(name)!, {
        project: store.team,
        namespace: store.namespace,
        automated: false,
        replicasLeftToCluster: false,
        startedDaysAgo: DEFAULT_STARTED_DAYS_AGO,
      });
    }
  }
  for (const service of company.services) {
    for (const name of Object.keys(service.versions)) {
      plan(
        applicationOf(service),
        clusters.get(name)!,
        {
          project: projectOf(service),
          namespace: service.namespace,
          automated: !service.manualSync,
          replicasLeftToCluster: service.replicasLeftToCluster ?? false,
          startedDaysAgo: service.startedDaysAgo ?? DEFAULT_STARTED_DAYS_AGO,
        },
        service,
      );
    }
  }
  return [...planned.values()];
}
