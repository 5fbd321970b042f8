import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { ignoredPointers } from './compare';
import { ComparedResource } from './comparison';
import { asObject, Json, withoutPointers } from './json';
import { TRACKING_ANNOTATION, trackingId, typeNameOf } from './resource';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Argo CD's name in `managedFields`. */
export const ARGOCD_MANAGER = 'argocd-controller';

/** What a sync did to one resource, as `syncResult.resources` tells it. */
export interface ResourceSyncResult {
  group: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status: 'Synced' | 'Pruned' | 'PruneSkipped' | 'SyncFailed';
  message: string;
  hookPhase: string;
  syncPhase: string;
}

/** Brings one resource to its desired state; with `dryRun` only says so. */
export function syncResource(options: {
  application: KubernetesObject;
  cluster: SimulatedCluster;
  resource: ComparedResource;
  respectIgnored: boolean;
  prune: boolean;
  dryRun: boolean;
}): ResourceSyncResult {
  const { cluster, resource, dryRun } = options;
  const { id, live, desired } = resource;
  const result = (
    status: ResourceSyncResult['status'],
    message: string,
  ): ResourceSyncResult => ({
    ...id,
    status,
    message,
    hookPhase: status === 'SyncFailed' ? 'Failed' : 'Running',
    syncPhase: 'Sync',
  });

  const type = typeNameOf(cluster, id);
  if (!type) {
    return result(
      'SyncFailed',
      `the server could not find the requested resource: ${id.group}/${id.kind}`,
    );
  }
  if (!desired) {
    if (!options.prune) {
      return result('PruneSkipped', 'ignored (requires pruning)');
    }
    if (!dryRun) {
      cluster.delete(type, id.name, id.namespace);
    }
    return result('Pruned', dryRun ? 'pruned (dry run)' : 'pruned');
  }

  const shown = `${type.replace(/s(?=\.|$)/, '')}/${id.name}`;
  const change = live ? 'configured' : 'created';
  if (dryRun) {
    return result('Synced', `${shown} ${change} (dry run)`);
  }
  const ignored =
    options.respectIgnored && live
      ? ignoredPointers(options.application, id)
      : [];
  const wanted = withoutPointers(desired, ignored);
  // What is ignored is neither set nor taken away.
  const applied = withoutPointers(lastApplied(live), ignored);
  const before = live?.metadata.resourceVersion;
  const after = cluster.apply(
    {
      ...wanted,
      metadata: {
        ...wanted.metadata,
        labels: merged(applied.metadata, wanted.metadata, 'labels'),
        annotations: {
          ...merged(applied.metadata, wanted.metadata, 'annotations'),
          [TRACKING_ANNOTATION]: trackingId(
            options.application.metadata.name,
            id,
          ),
          [LAST_APPLIED]: `${JSON.stringify(desired)}\n`,
        },
      },
      ...(wanted.spec !== undefined && {
        spec: merged(applied, wanted, 'spec'),
      }),
    },
    { manager: ARGOCD_MANAGER },
  );
  return result(
    'Synced',
    `${shown} ${before === after.metadata.resourceVersion ? 'unchanged' : change}`,
  );
}

function lastApplied(live: KubernetesObject | undefined): Json {
  const text = live?.metadata.annotations?.[LAST_APPLIED];
  return text ? asObject(JSON.parse(text)) : {};
}

/** A map as wanted, with `null` for the keys that were applied before and are not wanted any more. */
function merged(
  applied: unknown,
  wanted: object,
  field: string,
): Record<string, string> {
  const after = asObject((wanted as Json)[field]);
  const removed = Object.keys(asObject(asObject(applied)[field])).filter(
    key => !(key in after),
  );
  return {
    ...Object.fromEntries(removed.map(key => [key, null])),
    ...after,
    // A merge patch removes by null; the types know only what is there.
  } as Record<string, string>;
}
