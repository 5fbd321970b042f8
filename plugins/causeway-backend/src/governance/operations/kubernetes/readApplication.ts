import type { JsonObject } from '@backstage/types';
import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import {
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { withoutUserInfo } from '../../../estate/sources/argocd/reduce/withoutUserInfo';
import type { ApplicationAddress } from '../clients/ArgocdClients';
import type { PlanClients } from '../clients/PlanClients';
import { groupOf, isWorkloadKind, listPath } from './workloads';

/** The Application that manages a workload, as it is now. */
export interface ManagingApplication {
  spec: JsonRecord;
  /** What Git wants of the workload; absent where only the custom resource can be read. */
  wanted?: JsonObject;
  /** Repository and path, for people. */
  where: string;
}

/**
 * Reads the Application over the Argo CD that it was read from, or as a custom
 * resource of the cluster.
 *
 * @throws OperationRefusal `management-unknown` where neither answers
 */
export async function readApplication(options: {
  clients: PlanClients;
  target: OperationTarget;
  application: NonNullable<OperationTarget['application']>;
  signal: AbortSignal;
}): Promise<ManagingApplication> {
  const { clients, application, signal } = options;
  try {
    if (clients.access.has(application.source, 'argocd')) {
      return await overRest(options);
    }
    return describe(await fetchApplication(options));
  } catch (error) {
    signal.throwIfAborted();
    throw new OperationRefusal({
      code: 'management-unknown',
      reason: `Application ${application.name} of ${application.source}, which deploys it, cannot be read: nobody can tell what Git says`,
      hint: 'Try again when its source answers, or look at the estate page for what is wrong with it',
    });
  }
}

/** The Application itself, over whichever API it was read from. */
export async function fetchApplication(options: {
  clients: PlanClients;
  application: ApplicationAddress & { source: string };
  signal: AbortSignal;
}): Promise<JsonRecord> {
  const { clients, application, signal } = options;
  if (clients.access.has(application.source, 'argocd')) {
    return clients.argocd(application.source, signal).application(application);
  }
  return clients.kubernetes(application.source, signal, client =>
    client.get(
      `${listPath('argoproj.io/v1alpha1', application.namespace, 'applications')}/${encodeURIComponent(application.name)}`,
    ),
  );
}

async function overRest({
  clients,
  target,
  application,
  signal,
}: Parameters<typeof readApplication>[0]): Promise<ManagingApplication> {
  const client = clients.argocd(application.source, signal);
  const [object, managed] = await Promise.all([
    client.application(application),
    client.managedResources(application, {
      group: isWorkloadKind(target.kind) ? groupOf(target.kind) : '',
      kind: target.kind,
      namespace: target.namespace ?? '',
      name: target.name,
    }),
  ]);
  const own = managed.find(
    ({ kind, name, namespace }) =>
      kind === target.kind &&
      name === target.name &&
      (namespace ?? target.namespace) === target.namespace,
  );
  return {
    ...describe(object),
    // Of what Argo CD does not know, the object's own traces tell.
    wanted: own && (parseState(own.targetState) ?? {}),
  };
}

/** A state of a managed resource: an object as text, `null` for none. */
export function parseState(state: unknown): JsonObject | undefined {
  const parsed = JSON.parse(typeof state === 'string' ? state : 'null');
  return record(parsed) as JsonObject | undefined;
}

function describe(object: JsonRecord): ManagingApplication {
  const spec = record(object.spec) ?? {};
  const several = records(spec.sources, 16);
  const source = several[0] ?? record(spec.source) ?? {};
  const repository = withoutUserInfo(text(source.repoURL, 512) ?? '');
  const path = text(source.path, 512) ?? text(source.chart, 253);
  return {
    spec,
    where: repository
      ? `${repository}${path ? `, ${path}` : ''}`
      : 'the repository that it reads',
  };
}
