import { KubernetesObject } from '../kubernetes/model';
import { asObject, asObjects, asText, Json } from './json';

/** Where an Application takes its manifests from. */
export interface ApplicationSource {
  repoURL: string;
  path: string;
  targetRevision: string;
}

/** The fields of an Application that the controller works with. */
export interface ApplicationView {
  name: string;
  project: string;
  source: ApplicationSource;
  destination: { server?: string; name?: string; namespace: string };
  automated?: { prune: boolean; selfHeal: boolean };
  syncOptions: string[];
  status: Json;
  history: Json[];
  operationState: Json;
  operation?: Json;
}

/** Reads an Application custom resource. */
export function viewApplication(object: KubernetesObject): ApplicationView {
  const spec = asObject(object.spec);
  const source = asObject(spec.source);
  const destination = asObject(spec.destination);
  const syncPolicy = asObject(spec.syncPolicy);
  const status = asObject(object.status);
  const automated = asObject(syncPolicy.automated);
  return {
    name: object.metadata.name,
    project: asText(spec.project) ?? 'default',
    source: {
      repoURL: asText(source.repoURL) ?? '',
      path: asText(source.path) ?? '.',
      targetRevision: asText(source.targetRevision) || 'HEAD',
    },
    destination: {
      server: asText(destination.server),
      name: asText(destination.name),
      namespace: asText(destination.namespace) ?? 'default',
    },
    automated:
      syncPolicy.automated && automated.enabled !== false
        ? {
            prune: automated.prune === true,
            selfHeal: automated.selfHeal === true,
          }
        : undefined,
    syncOptions: Array.isArray(syncPolicy.syncOptions)
      ? syncPolicy.syncOptions.map(String)
      : [],
    status,
    history: asObjects(status.history),
    operationState: asObject(status.operationState),
    operation: object.operation ? asObject(object.operation) : undefined,
  };
}

/** RFC 3339 to the second, as Kubernetes writes times. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
