import { KubernetesObject } from '../kubernetes/model';
import { ArgoInstanceSeed, CompanySeed } from '../seed/model';
import { authorizedStage } from './kargo/kargoObjects';
import { PlannedApplication } from './applicationPlan';
import { manifestFolder } from './manifestFiles';

const apiVersion = 'argoproj.io/v1alpha1';

/** Address of the GitOps repository, as Applications name it. */
export function gitOpsUrl(company: CompanySeed, webUrl: string): string {
  return `${webUrl}/${company.organization}/${company.gitOpsRepository}.git`;
}

/** The AppProjects of an Argo CD: one a team that deploys, and `default`. */
export function projectObjects(
  company: CompanySeed,
  instance: ArgoInstanceSeed,
  planned: PlannedApplication[],
  repoURL: string,
): KubernetesObject[] {
  const names = new Set(planned.map(application => application.project));
  names.add('default');
  return [...names].sort().map(name => {
    const team = company.teams.find(candidate => candidate.slug === name);
    return {
      apiVersion,
      kind: 'AppProject',
      metadata: {
        name,
        namespace: instance.namespace,
        ...(!team && { annotations: { 'causeway.dev/owner': 'platform' } }),
      },
      spec: {
        description: team?.description ?? 'What belongs to no team',
        sourceRepos: [team ? repoURL : '*'],
        destinations: team
          ? company.clusters
              .filter(cluster => cluster.argocd === instance.name)
              .map(cluster => ({
                name: cluster.name,
                namespace: '*',
              }))
          : [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    };
  });
}

/** An ApplicationSet a project, which owns the project's Applications. */
export function applicationSetObject(
  instance: ArgoInstanceSeed,
  project: string,
  planned: PlannedApplication[],
  repoURL: string,
): KubernetesObject {
  return {
    apiVersion,
    kind: 'ApplicationSet',
    metadata: { name: project, namespace: instance.namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          list: {
            elements: planned.map(application => ({
              service: application.stem,
              cluster: application.cluster.name,
              namespace: application.namespace,
            })),
          },
        },
      ],
      template: {
        metadata: { name: '{{ .service }}-{{ .cluster }}' },
        spec: {
          project,
          source: {
            repoURL,
            path: 'apps/{{ .service }}/{{ .cluster }}',
            targetRevision: 'main',
          },
          destination: {
            name: '{{ .cluster }}',
            namespace: '{{ .namespace }}',
          },
        },
      },
    },
  };
}

/** One Application. */
export function applicationObject(options: {
  company: CompanySeed;
  repoURL: string;
  instance: ArgoInstanceSeed;
  planned: PlannedApplication;
  applicationSet: KubernetesObject;
}): KubernetesObject {
  const { company, repoURL, instance, planned, applicationSet } = options;
  const stage = authorizedStage(company, planned.name);
  // The platform team writes addresses, as before names were there.
  const byAddress =
    planned.project === 'platform' && planned.cluster.name === instance.cluster;
  return {
    apiVersion,
    kind: 'Application',
    metadata: {
      name: planned.name,
      namespace: instance.namespace,
      labels: {
        'meridian.example/team': planned.project,
        'meridian.example/environment': planned.cluster.environment,
      },
      ...(stage && {
        annotations: { 'kargo.akuity.io/authorized-stage': stage },
      }),
      ownerReferences: [
        {
          apiVersion,
          kind: 'ApplicationSet',
          name: applicationSet.metadata.name,
          uid: applicationSet.metadata.uid as string,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: planned.project,
      source: {
        repoURL,
        path: manifestFolder(planned.stem, planned.cluster.name),
        targetRevision: 'main',
      },
      destination: {
        ...(byAddress
          ? { server: 'https://kubernetes.default.svc' }
          : { name: planned.cluster.name }),
        namespace: planned.namespace,
      },
      ...(planned.replicasLeftToCluster && {
        ignoreDifferences: [
          {
            group: 'apps',
            kind: 'Deployment',
            jsonPointers: ['/spec/replicas'],
          },
        ],
      }),
      ...syncPolicyOf(planned),
    },
  };
}

function syncPolicyOf(planned: PlannedApplication) {
  const syncOptions = planned.replicasLeftToCluster
    ? ['RespectIgnoreDifferences=true']
    : [];
  return planned.automated || syncOptions.length > 0
    ? {
        syncPolicy: {
          ...(planned.automated && {
            automated: { prune: true, selfHeal: true },
          }),
          ...(syncOptions.length > 0 && { syncOptions }),
        },
      }
    : {};
}
