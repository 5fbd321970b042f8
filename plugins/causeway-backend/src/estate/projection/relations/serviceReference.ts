import type { World } from '../World';
import type { RelationRule } from './model';

/** The name of a Service of one's own namespace. */
const plainName = /^[a-z0-9-]+$/;

/** The Service that a host name means, seen from a namespace. */
export function resolveHost(
  host: string,
  cluster: string,
  namespace: string,
  selection: Pick<World['selection'], 'has'>,
): { namespace: string; name: string } | undefined {
  if (plainName.test(host)) {
    return selection.has(cluster, namespace, host)
      ? { namespace, name: host }
      : undefined;
  }
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const end = labels.indexOf('svc', 1);
  const suffix = end < 0 ? '' : labels.slice(end + 1).join('.');
  let named = end < 0 ? labels : labels.slice(0, end);
  if (end >= 0 && suffix !== '' && suffix !== 'cluster.local') {
    return undefined;
  }
  if (end >= 0 && named.length === 3) {
    // A pod of a StatefulSet: `payments-db-0.payments-db.payments.svc`.
    named = named.slice(1);
  }
  if (named.length > 2 || named.some(label => label === '')) {
    return undefined;
  }
  const [name, other] = named;
  const place = { namespace: other ?? namespace, name };
  // `name.namespace` may as well be a host of the internet: only a Service that is there decides.
  return selection.has(cluster, place.namespace, place.name)
    ? place
    : undefined;
}

/**
 * A workload that is configured with the DNS name of a Kubernetes Service
 * depends on what is behind it: its service on the other's service, or the
 * workload itself on a datastore.
 */
export const serviceReference: RelationRule = {
  id: 'service-dns-name',
  *infer({ subjects, selection, serviceOf }) {
    for (const workload of subjects.workloads) {
      const own = serviceOf(workload);
      for (const { host, port, where } of workload.data.references) {
        const { cluster, namespace } = workload;
        const service = resolveHost(host, cluster, namespace, selection);
        if (!service) {
          continue;
        }
        const evidence = `${workload.data.workloadKind} ${namespace}/${workload.objectName} on ${cluster}, ${where}: ${host}${port === undefined ? '' : `:${port}`}`;
        for (const target of selection.workloads(
          cluster,
          service.namespace,
          service.name,
        )) {
          const from = target.engine ? workload.ref : own?.ref;
          const to = target.engine ? target.ref : serviceOf(target)?.ref;
          if (from !== undefined && to !== undefined && from !== to) {
            yield {
              from,
              type: 'dependsOn',
              to,
              evidence,
              confidence: 'likely',
              partition: workload.partition,
              carrier: workload.ref,
            };
          }
        }
      }
    }
  },
};
