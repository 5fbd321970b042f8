import type { ObservedArgoApplication } from '../../../observations/model';
import {
  isKeptAnnotation,
  isKeptLabel,
} from '../../kubernetes/reduce/metadata';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
  textMap,
  texts,
} from '../../read';
import { reduceDestination } from './destination';
import { withoutUserInfo } from './withoutUserInfo';

/** What is asked for; Argo CD leaves out the rest, above all Helm values and manifests. */
export const applicationFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.creationTimestamp',
  'metadata.labels',
  'metadata.annotations',
  'metadata.ownerReferences',
  'spec.project',
  'spec.source.repoURL',
  'spec.source.path',
  'spec.source.chart',
  'spec.source.targetRevision',
  'spec.sources',
  'spec.destination',
  'spec.syncPolicy',
  'status.sync.status',
  'status.sync.revision',
  'status.sync.revisions',
  'status.health',
  'status.operationState.phase',
  'status.operationState.message',
  'status.operationState.finishedAt',
  'status.resources',
  'status.summary',
  'status.history',
  'status.conditions',
];

/** Fields of an Application that are kept; `undefined` when it is malformed. */
export function reduceApplication(
  object: JsonRecord,
  instance: string,
): ObservedArgoApplication | undefined {
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const name = text(metadata?.name, 253);
  if (!metadata || !spec || !name) {
    return undefined;
  }
  const status = record(object.status) ?? {};
  const sync = record(status.sync);
  const health = record(status.health);
  const summary = record(status.summary);
  const automated = record(record(spec.syncPolicy)?.automated);
  return {
    instance,
    name,
    namespace: text(metadata.namespace, 253) ?? 'argocd',
    uid: text(metadata.uid, 64),
    createdAt: text(metadata.creationTimestamp, 40),
    project: text(spec.project, 253) ?? 'default',
    labels: textMap(metadata.labels, { wanted: isKeptLabel, length: 253 }),
    annotations: textMap(metadata.annotations, {
      wanted: isKeptAnnotation,
      length: 512,
    }),
    applicationSet: records(metadata.ownerReferences, 16)
      .filter(owner => owner.kind === 'ApplicationSet')
      .map(owner => text(owner.name, 253))[0],
    sources: reduceSources(spec),
    destination: reduceDestination(record(spec.destination) ?? {}),
    automated: automated !== undefined && automated.enabled !== false,
    sync: {
      status: text(sync?.status, 32) ?? 'Unknown',
      revision: text(sync?.revision, 128) ?? texts(sync?.revisions, 1, 128)[0],
    },
    health: {
      status: text(health?.status, 32) ?? 'Unknown',
      message: text(health?.message, 512),
    },
    operation: reduceOperation(status.operationState),
    resources: reduceResources(status.resources),
    images: texts(summary?.images, 64, 512),
    externalUrls: texts(summary?.externalURLs, 16, 512).flatMap(
      url => withoutUserInfo(url) ?? [],
    ),
    history: reduceHistory(status.history),
    conditions: reduceConditions(status.conditions),
  };
}

function reduceSources(spec: JsonRecord): ObservedArgoApplication['sources'] {
  const several = records(spec.sources, 16);
  const sources = several.length ? several : records([spec.source], 1);
  return sources.flatMap(source => {
    const repoURL = withoutUserInfo(text(source.repoURL, 512) ?? '');
    return repoURL
      ? [
          {
            repoURL,
            path: text(source.path, 512),
            chart: text(source.chart, 253),
            targetRevision: text(source.targetRevision, 128),
          },
        ]
      : [];
  });
}

function reduceOperation(state: unknown): ObservedArgoApplication['operation'] {
  const operation = record(state);
  const phase = text(operation?.phase, 32);
  return operation && phase
    ? {
        phase,
        message: text(operation.message, 512),
        finishedAt: text(operation.finishedAt, 40),
      }
    : undefined;
}

function reduceResources(
  resources: unknown,
): ObservedArgoApplication['resources'] {
  return records(resources, 500).flatMap(resource => {
    const kind = text(resource.kind, 63);
    const name = text(resource.name, 253);
    return kind && name
      ? [
          {
            group: text(resource.group, 253),
            kind,
            namespace: text(resource.namespace, 253),
            name,
            sync: text(resource.status, 32),
            health: text(record(resource.health)?.status, 32),
          },
        ]
      : [];
  });
}

/** Argo CD keeps ten entries by default; the newest are last. */
function reduceHistory(history: unknown): ObservedArgoApplication['history'] {
  const entries = Array.isArray(history) ? history.slice(-20) : [];
  return records(entries, 20).flatMap(entry => {
    const id = integer(entry.id);
    const revision =
      text(entry.revision, 128) ?? texts(entry.revisions, 1, 128)[0];
    const deployedAt = text(entry.deployedAt, 40);
    const by = record(entry.initiatedBy);
    return id !== undefined && revision && deployedAt
      ? [
          {
            id,
            revision,
            deployedAt,
            initiatedBy:
              by?.automated === true ? 'automated' : text(by?.username, 128),
          },
        ]
      : [];
  });
}

function reduceConditions(
  conditions: unknown,
): ObservedArgoApplication['conditions'] {
  const reduced = records(conditions, 16).flatMap(condition => {
    const type = text(condition.type, 128);
    return type ? [{ type, message: text(condition.message, 512) ?? '' }] : [];
  });
  return reduced.length ? reduced : undefined;
}
