import type { ObservedArgoApplication } from '../../observations/model';
import { parseRepositoryAddress } from '../repositoryAddress';
import { placeKey } from '../sortObservations';
import type { ApplicationSubject } from '../management';
import type { WorkloadSubject } from '../subjects';
import { stableNamespace } from './stableNamespace';
import type { IdentityRule } from './model';

const layoutNames = new Set([
  'overlays',
  'base',
  'envs',
  'manifests',
  'deploy',
  'k8s',
]);

const trackingAnnotation = 'argocd.argoproj.io/tracking-id';

/** Of several applications that list a workload, the one that the workload itself is marked with. */
function responsible(
  workload: WorkloadSubject,
  managers: ApplicationSubject[],
): ApplicationSubject | undefined {
  const mark = workload.annotations[trackingAnnotation]?.split(':')[0];
  return (
    managers.find(
      ({ data }) =>
        mark === data.name || mark === `${data.namespace}_${data.name}`,
    ) ?? managers[0]
  );
}

/** The part of a path that names the service: places and layout words left out. */
export function pathStem(
  path: string,
  placeNames: ReadonlySet<string>,
): string[] {
  const isPlace = (segment: string) =>
    placeNames.has(segment.toLowerCase()) ||
    layoutNames.has(segment.toLowerCase());
  const segments = path
    .split('/')
    .filter(segment => segment !== '' && segment !== '.');
  while (segments.length > 0 && isPlace(segments[segments.length - 1])) {
    segments.pop();
  }
  // `staging/payment-api` and `production/payment-api` are one service.
  return segments.filter(segment => !placeNames.has(segment.toLowerCase()));
}

type Source = ObservedArgoApplication['sources'][number];

/**
 * The path in Git that an Argo CD application deploys, shared by its siblings
 * in other environments. An umbrella application, whose workloads carry
 * different names, says nothing about any one of them.
 */
export const argocdPath: IdentityRule = {
  id: 'argocd-path',
  identify(workload, context) {
    const application = responsible(workload, context.managers(workload));
    const source: Source | undefined = application?.data.sources.find(
      ({ path }) => path !== undefined,
    );
    if (!application || !source || context.labelledNames(application) > 1) {
      return undefined;
    }
    const stem = pathStem(source.path!, context.placeNames);
    const name = stem[stem.length - 1];
    if (name === undefined) {
      return undefined;
    }
    const address = parseRepositoryAddress(source.repoURL);
    const repository = address
      ? `${address.host}/${address.path}`
      : source.repoURL;
    return {
      key: placeKey('argocd', repository, stem.join('/')),
      name,
      namespace: stableNamespace(workload.namespace, context.placeNames),
      evidence: `application ${application.data.name} of ${application.data.instance} deploys ${source.path}`,
    };
  },
};
