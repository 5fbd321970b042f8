import { KubernetesObject } from '../../kubernetes/model';
import { ArgoInstanceSeed } from '../../seed/model';
import { applicationName, Instance, metadataOf } from './metadata';

const apiVersion = 'argoproj.io/v1alpha1';

/** The Argo CD Application that brought the objects of an instance, synced. */
export function application(options: {
  instance: Instance;
  objects: KubernetesObject[];
  argocd: ArgoInstanceSeed;
  repoURL: string;
  revision: string;
}): KubernetesObject {
  const { instance, objects, argocd, repoURL, revision } = options;
  const { plan, cluster } = instance;
  const { creationTimestamp, labels } = metadataOf(instance, { kind: '' });
  const source = {
    repoURL,
    path: `apps/${plan.name}/${cluster.name}`,
    targetRevision: 'main',
  };
  const healthy = plan.number % 40 !== 39;
  return {
    apiVersion,
    kind: 'Application',
    metadata: {
      name: applicationName(instance),
      namespace: argocd.namespace,
      creationTimestamp,
      labels,
    },
    spec: {
      project: plan.team,
      source,
      destination: { name: cluster.name, namespace: plan.team },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
    status: {
      controllerNamespace: argocd.namespace,
      sourceType: 'Directory',
      resourceHealthSource: 'appTree',
      sync: { status: 'Synced', revision, comparedTo: { source } },
      health: { status: healthy ? 'Healthy' : 'Progressing' },
      history: [
        {
          id: 0,
          revision,
          source,
          deployedAt: creationTimestamp,
          initiatedBy: { automated: true },
        },
      ],
      resources: objects.map(({ apiVersion: version, kind, metadata }) => {
        const [group, rest] = version.includes('/')
          ? version.split('/')
          : [undefined, version];
        return {
          ...(group && { group }),
          version: rest,
          kind,
          ...(metadata.namespace && { namespace: metadata.namespace }),
          name: metadata.name,
          status: 'Synced',
        };
      }),
      summary: { images: [`${plan.image}:${plan.version}`] },
      reconciledAt: creationTimestamp,
    },
  };
}

/** The Argo CD project of a team. */
export function project(
  team: string,
  argocd: ArgoInstanceSeed,
  repoURL: string,
): KubernetesObject {
  return {
    apiVersion,
    kind: 'AppProject',
    metadata: { name: team, namespace: argocd.namespace },
    spec: {
      description: `What ${team} deploys`,
      sourceRepos: [repoURL],
      destinations: [{ server: '*', namespace: team }],
    },
  };
}
