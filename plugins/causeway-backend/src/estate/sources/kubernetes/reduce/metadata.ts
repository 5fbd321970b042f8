import type { ObservedMetadata } from '../../../observations/model';
import { type JsonRecord, record, records, text, textMap } from '../../read';
import { collectFieldPaths } from './fieldPaths';

const keptLabels = new Set([
  'app',
  'k8s-app',
  'env',
  'environment',
  'tier',
  'team',
  'helm.sh/chart',
  'argocd.argoproj.io/instance',
  'backstage.io/kubernetes-id',
]);

const keptAnnotations = new Set([
  'argocd.argoproj.io/tracking-id',
  'backstage.io/kubernetes-id',
  'backstage.io/source-template',
  'argocd/app-name',
  'github.com/project-slug',
  'kargo.akuity.io/authorized-stage',
]);

/** Labels that observations keep: recommended ones and those that rules read. */
export function isKeptLabel(key: string): boolean {
  return (
    key.startsWith('app.kubernetes.io/') ||
    keptLabels.has(key) ||
    key.startsWith('causeway.dev/')
  );
}

/** Annotations that observations keep; all others are dropped, whatever they hold. */
export function isKeptAnnotation(key: string): boolean {
  return keptAnnotations.has(key) || key.startsWith('causeway.dev/');
}

const labelOptions = { wanted: isKeptLabel, length: 253 };

const annotationOptions = { wanted: isKeptAnnotation, length: 512 };

/** Metadata that every observation keeps; `undefined` without a name. */
export function reduceMetadata(
  object: JsonRecord,
): ObservedMetadata | undefined {
  const metadata = record(object.metadata);
  const name = text(metadata?.name, 253);
  if (!metadata || !name) {
    return undefined;
  }
  const owners = reduceOwners(metadata.ownerReferences);
  const managers = reduceManagers(metadata.managedFields);
  return {
    uid: text(metadata.uid, 64) ?? '',
    name,
    namespace: text(metadata.namespace, 253),
    createdAt: text(metadata.creationTimestamp, 40),
    labels: textMap(metadata.labels, labelOptions),
    annotations: textMap(metadata.annotations, annotationOptions),
    owners: owners.length ? owners : undefined,
    managers: managers.length ? managers : undefined,
  };
}

/** The controllers among the owners. */
function reduceOwners(references: unknown) {
  const owners: { kind: string; name: string; uid: string }[] = [];
  for (const owner of records(references, 16)) {
    const kind = text(owner.kind, 63);
    const name = text(owner.name, 253);
    const uid = text(owner.uid, 64);
    if (owner.controller === true && kind && name && uid) {
      owners.push({ kind, name, uid });
    }
  }
  return owners;
}

/** Names of managers and the paths they wrote, never a value; writers of status are left out. */
function reduceManagers(managedFields: unknown) {
  const managers: NonNullable<ObservedMetadata['managers']> = [];
  for (const entry of records(managedFields, 16)) {
    const manager = text(entry.manager, 128);
    const operation = text(entry.operation, 16);
    if (manager && operation && entry.subresource !== 'status') {
      const paths = collectFieldPaths(record(entry.fieldsV1));
      managers.push({ manager, operation, paths });
    }
  }
  return managers;
}
