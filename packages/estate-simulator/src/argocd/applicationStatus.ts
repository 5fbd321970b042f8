import { KubernetesObject } from '../kubernetes/model';
import { viewApplication } from './application';
import { Comparison } from './comparison';
import { asObject, asObjects, asText, Json } from './json';

/**
 * The status that a comparison leaves on an Application. Its time of
 * reconciliation moves only when something else did, so that looking at an
 * unchanged estate writes nothing.
 */
export function applicationStatus(options: {
  application: KubernetesObject;
  comparison: Comparison;
  namespace: string;
  time: string;
}): Json {
  const { application, comparison, time } = options;
  const { source, status: before } = viewApplication(application);
  const spec = asObject(application.spec);
  const healthBefore = asObject(before.health);
  const next: Json = {
    ...before,
    controllerNamespace: options.namespace,
    sourceType: 'Directory',
    resourceHealthSource: 'appTree',
    sync: {
      status: comparison.sync,
      revision: comparison.revision,
      comparedTo: {
        source,
        destination: spec.destination,
        ...(spec.ignoreDifferences !== undefined && {
          ignoreDifferences: spec.ignoreDifferences,
        }),
      },
    },
    health:
      healthBefore.status === comparison.health
        ? healthBefore
        : { status: comparison.health, lastTransitionTime: time },
    resources: comparison.resources.map(resource => ({
      ...(resource.id.group && { group: resource.id.group }),
      version: resource.id.version,
      kind: resource.id.kind,
      ...(resource.id.namespace && { namespace: resource.id.namespace }),
      name: resource.id.name,
      status: resource.status,
      ...(resource.requiresPruning && { requiresPruning: true }),
    })),
    summary: summaryOf(comparison),
  };
  delete next.conditions;
  return sameExceptTime(before, next)
    ? before
    : { ...next, reconciledAt: time };
}

function sameExceptTime(before: Json, next: Json): boolean {
  const comparable = (status: Json) =>
    JSON.stringify({ ...status, reconciledAt: undefined });
  return comparable(before) === comparable(next);
}

function summaryOf({ resources }: Comparison): Json {
  const images = new Set<string>();
  const externalURLs = new Set<string>();
  for (const { live } of resources) {
    if (live) {
      imagesOf(live).forEach(image => images.add(image));
      hostsOf(live).forEach(host => externalURLs.add(`https://${host}/`));
    }
  }
  return {
    ...(images.size > 0 && { images: [...images].sort() }),
    ...(externalURLs.size > 0 && { externalURLs: [...externalURLs].sort() }),
  };
}

/** Images of the containers of a workload or a pod. */
export function imagesOf(object: KubernetesObject): string[] {
  const spec = asObject(object.spec);
  const jobSpec = asObject(asObject(spec.jobTemplate).spec);
  const pod =
    object.kind === 'Pod'
      ? spec
      : asObject(
          asObject(object.kind === 'CronJob' ? jobSpec.template : spec.template)
            .spec,
        );
  return [...asObjects(pod.containers), ...asObjects(pod.initContainers)]
    .map(container => asText(container.image))
    .filter(image => image !== undefined);
}

function hostsOf(object: KubernetesObject): string[] {
  const spec = asObject(object.spec);
  if (object.kind === 'HTTPRoute' && Array.isArray(spec.hostnames)) {
    return spec.hostnames.map(String);
  }
  return object.kind === 'Ingress'
    ? asObjects(spec.rules)
        .map(rule => asText(rule.host))
        .filter(host => host !== undefined)
    : [];
}
