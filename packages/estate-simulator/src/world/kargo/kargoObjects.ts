import { createHash } from 'node:crypto';
import { KubernetesObject } from '../../kubernetes/model';
import { applicationOf } from '../../seed/defaults';
import {
  ClusterName,
  CompanySeed,
  KargoProjectSeed,
  ServiceSeed,
} from '../../seed/model';
import { kargoVersion } from './kargoTypes';

/** One version on its way: Kargo's Freight. */
export interface FreightPlan {
  name: string;
  alias: string;
  version: string;
}

const adjectives = ['brisk', 'calm', 'early', 'quiet', 'steady'];
const animals = ['heron', 'lynx', 'marten', 'otter', 'plover'];

const hash = (text: string) => createHash('sha1').update(text).digest('hex');

/** The service that a project delivers. */
export function deliveredService(
  company: CompanySeed,
  { service }: KargoProjectSeed,
): ServiceSeed {
  const found = company.services.find(
    one => `${one.namespace}/${one.name}` === service,
  );
  if (!found) {
    throw new Error(`Kargo delivers '${service}', which does not exist`);
  }
  return found;
}

/** The freight of a project: the versions that its stages have, the oldest first. */
export function planFreight(
  project: KargoProjectSeed,
  service: ServiceSeed,
): FreightPlan[] {
  const inOrder = project.steps
    .flat()
    .reverse()
    .flatMap(cluster => service.versions[cluster] ?? []);
  return [...new Set(inOrder)].map(version => {
    const name = hash(`${project.name} ${version}`);
    const pick = (words: string[], at: number) =>
      words[parseInt(name.slice(at, at + 4), 16) % words.length];
    return {
      name,
      alias: `${pick(adjectives, 0)}-${pick(animals, 4)}`,
      version,
    };
  });
}

/** What an application is annotated with so that its stage may update it. */
export function authorizedStage(
  company: CompanySeed,
  application: string,
): string | undefined {
  for (const project of company.kargo) {
    const stem = applicationOf(deliveredService(company, project));
    const cluster = project.steps
      .flat()
      .find(one => application === `${stem}-${one}`);
    if (cluster) {
      return `${project.name}:${cluster}`;
    }
  }
  return undefined;
}

const artifacts = (
  company: CompanySeed,
  service: ServiceSeed,
  { name, version }: FreightPlan,
  webUrl: string,
) => ({
  origin: { kind: 'Warehouse', name: service.name },
  images: [
    {
      repoURL: service.image,
      tag: version,
      digest: `sha256:${hash(`${name} digest`)}${hash(name).slice(0, 24)}`,
    },
  ],
  commits: [
    {
      repoURL: `${webUrl}/${company.organization}/${service.repository}.git`,
      id: hash(`${service.name} ${version}`),
      branch: 'main',
      message: `Release ${version}`,
    },
  ],
});

/** The Project, its Warehouse and its Freight. */
export function projectManifests(options: {
  company: CompanySeed;
  project: KargoProjectSeed;
  webUrl: string;
}): KubernetesObject[] {
  const { company, project, webUrl } = options;
  const service = deliveredService(company, project);
  const metadata = (name: string) => ({ name, namespace: project.name });
  return [
    {
      apiVersion: kargoVersion,
      kind: 'Project',
      metadata: { name: project.name },
    },
    {
      apiVersion: kargoVersion,
      kind: 'Warehouse',
      metadata: metadata(service.name),
      spec: {
        freightCreationPolicy: 'Automatic',
        interval: '5m0s',
        subscriptions: [
          {
            image: {
              repoURL: service.image,
              imageSelectionStrategy: 'SemVer',
              discoveryLimit: 20,
            },
          },
          {
            git: {
              repoURL: `${webUrl}/${company.organization}/${service.repository}.git`,
              branch: 'main',
              commitSelectionStrategy: 'NewestFromBranch',
            },
          },
        ],
      },
    },
    ...planFreight(project, service).map(freight => ({
      apiVersion: kargoVersion,
      kind: 'Freight',
      metadata: {
        ...metadata(freight.name),
        labels: { 'kargo.akuity.io/alias': freight.alias },
      },
      alias: freight.alias,
      ...artifacts(company, service, freight, webUrl),
    })),
  ];
}

/** One Stage and the promotion that brought what is in it. */
export function stageManifests(options: {
  company: CompanySeed;
  project: KargoProjectSeed;
  cluster: ClusterName;
  webUrl: string;
  time: string;
}): {
  stage: KubernetesObject;
  promotion: KubernetesObject;
  stageStatus: Record<string, unknown>;
  promotionStatus: Record<string, unknown>;
} {
  const { company, project, cluster, webUrl, time } = options;
  const service = deliveredService(company, project);
  const step = project.steps.findIndex(one => one.includes(cluster));
  const freight = planFreight(project, service).find(
    one => one.version === service.versions[cluster],
  )!;
  const production = cluster.startsWith('production');
  const held = {
    name: freight.name,
    ...artifacts(company, service, freight, webUrl),
  };
  const id = hash(`${project.name} ${cluster} collection`);
  const collection = {
    id,
    items: { [`Warehouse/${service.name}`]: held },
    verificationHistory: [
      {
        id: hash(`${id} verification`).slice(0, 32),
        phase: 'Successful',
        startTime: time,
        finishTime: time,
      },
    ],
  };
  const name = `${cluster}.${hash(`${id} promotion`).slice(0, 26)}.${freight.name.slice(0, 7)}`;
  const promotionStatus = {
    phase: 'Succeeded',
    startedAt: time,
    finishedAt: time,
    freight: held,
    freightCollection: collection,
  };
  const condition = (type: string, reason: string) => ({
    type,
    status: 'True',
    reason,
    message: '',
    lastTransitionTime: time,
    observedGeneration: 1,
  });
  const steps = [
    {
      uses: 'git-clone',
      config: {
        repoURL: `${webUrl}/${company.organization}/${company.gitOpsRepository}.git`,
        checkout: [{ branch: 'main', path: './src' }],
      },
    },
    {
      uses: 'yaml-update',
      config: {
        path: `./src/apps/${applicationOf(service)}/\${{ ctx.stage }}`,
        updates: [
          { key: 'image', value: `\${{ imageFrom("${service.image}").Tag }}` },
        ],
      },
    },
    { uses: 'git-push', config: { path: './src' } },
    {
      uses: 'argocd-update',
      config: {
        apps: [{ name: '\${{ vars.application }}-\${{ ctx.stage }}' }],
      },
    },
  ];
  const metadata = { namespace: project.name };
  return {
    stage: {
      apiVersion: kargoVersion,
      kind: 'Stage',
      metadata: { ...metadata, name: cluster },
      spec: {
        // One controller of Kargo beside each Argo CD.
        shard: production ? 'prod' : 'nonprod',
        vars: [{ name: 'application', value: applicationOf(service) }],
        requestedFreight: [
          {
            origin: { kind: 'Warehouse', name: service.name },
            sources:
              step === 0
                ? { direct: true }
                : { stages: project.steps[step - 1] },
          },
        ],
        promotionTemplate: { spec: { steps } },
      },
    },
    promotion: {
      apiVersion: kargoVersion,
      kind: 'Promotion',
      metadata: {
        ...metadata,
        name,
        annotations: {
          'kargo.akuity.io/create-actor': production
            ? 'email:elena-petrova@meridian.example'
            : 'controller:stage-controller',
        },
      },
      spec: { stage: cluster, freight: freight.name, steps },
    },
    promotionStatus,
    stageStatus: {
      autoPromotionEnabled: !production,
      observedGeneration: 1,
      freightSummary: freight.name,
      freightHistory: [collection],
      health: { status: 'Healthy' },
      lastPromotion: {
        name,
        finishedAt: time,
        freight: held,
        status: promotionStatus,
      },
      conditions: [
        condition('Ready', 'Verified'),
        condition('Healthy', 'Healthy'),
        condition('Verified', 'Verified'),
      ],
    },
  };
}
