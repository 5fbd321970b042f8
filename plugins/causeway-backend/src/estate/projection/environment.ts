import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import { matchesGlob } from './glob';
import { PlaceMap } from './PlaceMap';
import { safeText } from './text';

/** What an environment is decided from. */
export interface EnvironmentSubject {
  cluster?: string;
  namespace?: string;
  labels?: Record<string, string>;
  /** Whether the cluster is one that an Argo CD application deploys to. */
  byDestination?: boolean;
}

const shownLabels = [
  'causeway.dev/environment',
  'app.kubernetes.io/environment',
  'environment',
  'env',
];

/** What the configuration says of a place. */
function ofPlace(
  cluster: string,
  namespace: string | undefined,
  byDestination: boolean,
  config: ProjectionConfig,
): SourcedValue | undefined {
  const rule = config.environments.find(
    candidate =>
      (candidate.cluster !== undefined || candidate.namespace !== undefined) &&
      (candidate.cluster === undefined ||
        matchesGlob(candidate.cluster, cluster)) &&
      (candidate.namespace === undefined ||
        (namespace !== undefined &&
          matchesGlob(candidate.namespace, namespace))),
  );
  if (rule) {
    return {
      value: rule.environment,
      origin: 'platform',
      rule: 'configured-rule',
      evidence: `a configured rule for cluster ${rule.cluster ?? '*'}, namespace ${rule.namespace ?? '*'}`,
    };
  }
  const own = config.clusters[cluster]?.environment;
  return own === undefined
    ? undefined
    : {
        value: own,
        origin: 'platform',
        rule: byDestination ? 'argocd-destination' : 'cluster-map',
        evidence: `cluster ${cluster} is configured as ${own}`,
      };
}

/** What a label says of a thing. */
function ofLabels(
  labels: Record<string, string> | undefined,
): SourcedValue | undefined {
  for (const label of shownLabels) {
    const value = safeText(labels?.[label], 63);
    if (value !== undefined) {
      return {
        value,
        origin: 'live',
        rule: 'label',
        evidence: `label ${label}`,
      };
    }
  }
  return undefined;
}

/**
 * The environment by ordered rules: configured ones, then the cluster's own.
 * Both are of origin `platform`; a label is shown where they are silent, and
 * decides nothing. What is said of a place is said once for all that is there.
 */
export function environmentRules(
  config: ProjectionConfig,
): (subject: EnvironmentSubject) => SourcedValue | undefined {
  const found = new PlaceMap<{ value: SourcedValue | undefined }>();
  return ({ cluster, namespace, labels, byDestination = false }) => {
    if (cluster === undefined) {
      return ofLabels(labels);
    }
    const { value } =
      byDestination || namespace === undefined
        ? { value: ofPlace(cluster, namespace, byDestination, config) }
        : found.of(cluster, namespace, () => ({
            value: ofPlace(cluster, namespace, false, config),
          }));
    return value ?? ofLabels(labels);
  };
}
