import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import { matchesGlob } from './glob';
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

/**
 * The environment by ordered rules: configured ones, then the cluster's own.
 * Both are of origin `platform`; a label is shown where they are silent, and
 * decides nothing.
 */
export function decideEnvironment(
  subject: EnvironmentSubject,
  config: ProjectionConfig,
): SourcedValue | undefined {
  const { cluster, namespace } = subject;
  if (cluster !== undefined) {
    const rule = config.environments.find(
      candidate =>
        (candidate.cluster !== undefined ||
          candidate.namespace !== undefined) &&
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
    if (own !== undefined) {
      return {
        value: own,
        origin: 'platform',
        rule: subject.byDestination ? 'argocd-destination' : 'cluster-map',
        evidence: `cluster ${cluster} is configured as ${own}`,
      };
    }
  }
  for (const label of shownLabels) {
    const value = safeText(subject.labels?.[label], 63);
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
