import type { ObservedArgoApplication } from '../observations/model';
import type { ProjectionConfig } from './config';
import { clusterOfInstance } from './argocdInstances';
import { placeKey } from './sortObservations';
import type { Subject, Subjects } from './subjects';

/** An application of Argo CD. */
export type ApplicationSubject = Subject<ObservedArgoApplication>;

/** A resource of an application that is an entity. */
export interface ManagedResource {
  subject: Subject;
  resource: ObservedArgoApplication['resources'][number];
}

/** Which application manages what. */
export interface Management {
  /** Source id of the cluster that an application deploys to, where it is known. */
  cluster(application: ApplicationSubject): string | undefined;
  /** What an application manages and the estate knows. */
  managed(application: ApplicationSubject): ManagedResource[];
  /** The applications that say they manage something, in order. */
  managers(ref: string): ApplicationSubject[];
  /** The state that an application reports of something that it manages. */
  resource(
    application: ApplicationSubject,
    ref: string,
  ): ManagedResource['resource'] | undefined;
}

const groups: Record<string, string> = {
  Deployment: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  CronJob: 'batch',
  Rollout: 'argoproj.io',
  Ingress: 'networking.k8s.io',
  Gateway: 'gateway.networking.k8s.io',
  HTTPRoute: 'gateway.networking.k8s.io',
  GRPCRoute: 'gateway.networking.k8s.io',
  TLSRoute: 'gateway.networking.k8s.io',
  TCPRoute: 'gateway.networking.k8s.io',
  UDPRoute: 'gateway.networking.k8s.io',
};

function sameAddress(a: string, b: string): boolean {
  return a.replace(/\/+$/, '') === b.replace(/\/+$/, '');
}

function resolveCluster(
  { instance, destination }: ObservedArgoApplication,
  config: ProjectionConfig,
  known: ReadonlySet<string>,
): string | undefined {
  const configured = config.argocd[instance]?.destinations ?? {};
  const named = (key: string | undefined) =>
    key !== undefined && Object.hasOwn(configured, key)
      ? configured[key]
      : undefined;
  const byAddress = (server: string | undefined) =>
    server === undefined
      ? undefined
      : (Object.entries(configured).find(([key]) =>
          sameAddress(key, server),
        )?.[1] ??
        Object.entries(config.clusters).find(([, { addresses }]) =>
          addresses.some(address => sameAddress(address, server)),
        )?.[0]);
  return (
    named(destination.name) ??
    byAddress(destination.server) ??
    (destination.name !== undefined && known.has(destination.name)
      ? destination.name
      : undefined) ??
    // What Argo CD calls the cluster in which it runs.
    (destination.name === 'in-cluster' ||
    sameAddress(destination.server ?? '', 'https://kubernetes.default.svc')
      ? clusterOfInstance(instance, config)
      : undefined)
  );
}

/** Finds out which application manages what, through the clusters that their destinations name. */
export function findManagement(
  subjects: Subjects,
  config: ProjectionConfig,
): Management {
  const known = new Set([
    ...Object.keys(config.clusters),
    ...subjects.clusters.map(cluster => cluster.objectName),
  ]);
  const clusters = new Map<string, string | undefined>();
  const managed = new Map<string, ManagedResource[]>();
  const managers = new Map<string, ApplicationSubject[]>();

  for (const application of subjects.applications) {
    const cluster = resolveCluster(application.data, config, known);
    clusters.set(application.ref, cluster);
    const found = new Map<string, ManagedResource>();
    for (const resource of cluster === undefined
      ? []
      : application.data.resources) {
      const group = resource.group ?? '';
      const kind = resource.kind.toLowerCase();
      const subject = subjects.byPlace.get(
        placeKey(
          cluster!,
          resource.namespace ?? application.data.destination.namespace ?? '',
          // Kinds with a list of their own are known by their kind alone.
          groups[resource.kind] === group ? kind : `${kind}.${group}`,
          resource.name,
        ),
      );
      if (subject && !found.has(subject.ref)) {
        found.set(subject.ref, { subject, resource });
        const list = managers.get(subject.ref) ?? [];
        // Instances that somebody configured come before those that merely turned up.
        if (application.data.instance in config.argocd) {
          const end = list.findIndex(
            ({ data }) => !(data.instance in config.argocd),
          );
          list.splice(end < 0 ? list.length : end, 0, application);
        } else {
          list.push(application);
        }
        managers.set(subject.ref, list);
      }
    }
    managed.set(application.ref, [...found.values()]);
  }

  return {
    cluster: application => clusters.get(application.ref),
    managed: application => managed.get(application.ref) ?? [],
    managers: ref => managers.get(ref) ?? [],
    resource: (application, ref) =>
      managed.get(application.ref)?.find(({ subject }) => subject.ref === ref)
        ?.resource,
  };
}
