import { ArgoController } from '../argocd/ArgoController';
import {
  createClusterState,
  SimulatedCluster,
} from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { Timers } from '../kubernetes/Timers';
import { createWorkloadController } from '../kubernetes/workloads/WorkloadController';
import { clusterOf } from '../seed/defaults';
import { ArgoInstanceName, ClusterName, CompanySeed } from '../seed/model';
import { installKargo } from './kargo/installKargo';
import { PlannedApplication, planApplications } from './applicationPlan';
import {
  applicationObject,
  applicationSetObject,
  gitOpsUrl,
  projectObjects,
} from './argocdObjects';
import { applyDrifts, commitUnsynced } from './drifts';
import { startEdgeController } from './edgeController';
import {
  authorOf,
  createEstateWorld,
  EstateWorld,
  versionChanges,
} from './EstateWorld';
import { applyUnmanaged, layFoundations } from './foundations';
import { GitRepository } from './GitRepository';
import { datastoreFiles, serviceFiles } from './manifestFiles';
import { installPlatform } from './platform/installPlatform';
import { reportPolicies } from './platform/policies';
import { fraction } from './random';
import { repositoryFiles } from './repositoryFiles';
import { versionBefore } from './versions';
import {
  createWorldClock,
  daysBefore,
  startOfDay,
  WorldClock,
} from './WorldClock';

/** Options of {@link buildWorld}. */
export interface BuildWorldOptions {
  company: CompanySeed;
  now: () => Date;
  timers?: Timers;
  /** Address of GitHub in the Applications' sources; github.com by default. */
  githubWebUrl?: string;
  argocd?: { operationMs?: number; selfHealMs?: number };
  /** Milliseconds between two steps of a rollout; 0, the default, goes to the end at once. */
  rolloutStepMs?: number;
}

/** A world and the way to stop what reacts in it. */
export interface BuiltWorld {
  world: EstateWorld;
  close(): void;
}

/**
 * Builds the company's estate by living through its past: repositories are
 * born, applications synced, versions released, and some things go wrong. The
 * same company at the same time gives the same world.
 */
export function buildWorld(options: BuildWorldOptions): BuiltWorld {
  const { company } = options;
  // A past that is the same all day: what is started again has no news.
  const present = startOfDay(options.now());
  const clock = createWorldClock(options.now);
  const at = (daysAgo: number) => daysBefore(present, daysAgo);
  const stops: (() => void)[] = [];
  const webUrl = options.githubWebUrl ?? 'https://github.com';

  clock.travel(at(400));
  const clusters = new Map<ClusterName, SimulatedCluster>();
  const controlWorkloads = (
    cluster: SimulatedCluster,
    pace: { stepMs: number; pods: boolean },
  ) =>
    createWorkloadController({
      cluster,
      ...pace,
      timers: options.timers,
      isImageAvailable: image =>
        !company.drifts.some(
          drift =>
            drift.what === 'image-missing' &&
            drift.cluster === cluster.name &&
            drift.image === image,
        ),
    });
  for (const seed of company.clusters) {
    const cluster = createClusterState({ name: seed.name, now: clock.now });
    clusters.set(seed.name, cluster);
    stops.push(startEdgeController(cluster));
    layFoundations(company, seed, cluster);
    installPlatform(company, seed, cluster);
    applyUnmanaged({ company, cluster, clock, at });
  }

  const repositories = new Map<string, GitRepository>();
  for (const seed of company.repositories) {
    const repository = new GitRepository({
      name: seed.name,
      defaultBranch: seed.defaultBranch,
    });
    repositories.set(seed.name, repository);
    bearRepository(company, seed.name, repository, at);
  }

  const argocd = new Map<ArgoInstanceName, ArgoController>();
  for (const instance of company.argocd) {
    const controller = new ArgoController({
      instance,
      // It sees what it deploys to, and the cluster in which it lives.
      clusters: new Map(
        [...clusters].filter(
          ([name]) => clusterOf(company, name).argocd === instance.name,
        ),
      ),
      repository: url =>
        url.startsWith(`${webUrl}/${company.organization}/`)
          ? repositories.get(
              url
                .split('/')
                .at(-1)!
                .replace(/\.git$/, ''),
            )
          : undefined,
      now: clock.now,
      timers: options.timers,
      ...options.argocd,
    });
    argocd.set(instance.name, controller);
    stops.push(() => controller.close());
  }

  const world = createEstateWorld({
    company,
    clusters,
    argocd,
    repositories,
    now: clock.now,
  });
  const quietly = [...argocd.values()].reduce<(action: () => void) => void>(
    (inner, controller) => action => controller.paused(() => inner(action)),
    action => action(),
  );
  // Rollouts of the past are taken together: living through each of them
  // would cost more than the rest of the building.
  const settle = (pods: boolean) =>
    clusters.forEach(cluster =>
      controlWorkloads(cluster, { stepMs: 0, pods }).stop(),
    );
  quietly(() => {
    liveThroughThePast({
      settle: () => settle(false),
      world,
      clock,
      at,
      repoURL: gitOpsUrl(company, webUrl),
    });
    commitUnsynced(world, clock, at);
    // All nodes were renewed yesterday: every pod is a day old.
    clock.travel(at(1));
    settle(true);
    argocd.forEach(controller => controller.refreshAll());
    clock.travel(at(0.02));
    const { platform } = company;
    if (platform) {
      clusters.forEach(cluster =>
        reportPolicies(cluster, platform.policyResults),
      );
    }
    applyDrifts(world);
    argocd.forEach(controller => controller.refreshAll());
    installKargo(world, webUrl);
    clock.release();
    for (const cluster of clusters.values()) {
      const controller = controlWorkloads(cluster, {
        stepMs: options.rolloutStepMs ?? 0,
        pods: true,
      });
      stops.push(() => controller.stop());
    }
    argocd.forEach(controller => controller.refreshAll());
  });

  const gitOps = world.repository(company.gitOpsRepository);
  stops.push(
    gitOps.onPush(branch => {
      if (branch === gitOps.defaultBranch) {
        argocd.forEach(controller => controller.refreshAll());
      }
    }),
  );
  return { world, close: () => stops.forEach(stop => stop()) };
}

function bearRepository(
  company: CompanySeed,
  name: string,
  repository: GitRepository,
  at: (daysAgo: number) => Date,
): void {
  const seed = company.repositories.find(candidate => candidate.name === name)!;
  const members = company.people.filter(person =>
    person.teams.includes(seed.team),
  );
  const author = (index: number) =>
    authorOf(company, members[index % members.length].login);
  const files = repositoryFiles(company, seed);
  const { 'README.md': readme, ...rest } = files;
  repository.commit({
    message: 'Start here',
    author: author(0),
    date: at(330 + Math.floor(fraction(name) * 50)),
    changes: { 'README.md': readme },
  });
  repository.commit({
    message: 'Make it work, and say who looks after it',
    author: author(1),
    date: at(260 + fraction(`${name} code`) * 20),
    changes: rest,
  });
  repository.commit({
    message: 'Tell how to get help',
    author: author(2),
    date: at(
      seed.archived ? 200 : 1 + Math.floor(fraction(`${name} help`) * 40),
    ),
    changes: {
      'README.md': `${readme}\nAsk the team ${seed.team} for help.\n`,
    },
  });
}

interface Past {
  world: EstateWorld;
  clock: WorldClock;
  at: (daysAgo: number) => Date;
  /** Address of the GitOps repository. */
  repoURL: string;
  /** Brings all workloads to rest. */
  settle: () => void;
}

function liveThroughThePast({ world, clock, at, repoURL, settle }: Past): void {
  const { company } = world;
  const planned = planApplications(company);
  const gitOps = world.repository(company.gitOpsRepository);

  const starts = [...new Set(planned.map(one => one.startedDaysAgo))].sort(
    (a, b) => b - a,
  );
  for (const days of starts) {
    const starting = planned.filter(one => one.startedDaysAgo === days);
    gitOps.commit({
      message: `Bring ${[...new Set(starting.map(one => one.stem))].join(', ')} under GitOps`,
      author: world.author('noor-rahman'),
      date: at(days + 0.1),
      changes: Object.assign(
        {},
        ...starting.map(application => firstFiles(company, application)),
      ),
    });
  }

  clock.travel(at(starts[0]));
  const applicationSets = new Map<string, KubernetesObject>();
  for (const instance of company.argocd) {
    const mine = planned.filter(one => one.cluster.argocd === instance.name);
    const host = world.cluster(instance.cluster);
    projectObjects(company, instance, mine, repoURL).forEach(project =>
      host.apply(project, { manager: 'kubectl-client-side-apply' }),
    );
    for (const project of new Set(mine.map(one => one.project))) {
      applicationSets.set(
        `${instance.name}/${project}`,
        host.apply(
          applicationSetObject(
            instance,
            project,
            mine.filter(one => one.project === project),
            repoURL,
          ),
          { manager: 'kubectl-client-side-apply' },
        ),
      );
    }
  }

  planned.forEach((application, index) => {
    const { cluster } = application;
    const instance = company.argocd.find(one => one.name === cluster.argocd)!;
    // A minute apart, so that ages tell which came first.
    clock.travel(at(application.startedDaysAgo - index / 1440));
    world.cluster(instance.cluster).apply(
      applicationObject({
        company,
        repoURL,
        instance,
        planned: application,
        applicationSet: applicationSets.get(
          `${instance.name}/${application.project}`,
        )!,
      }),
      { manager: 'argocd-applicationset-controller' },
    );
    world.argocdOf(cluster.name).sync(application.name, {
      initiatedBy: { automated: true },
    });
  });

  settle();

  const releases = planned
    .filter(application =>
      application.services.some(
        service =>
          versionBefore(service.versions[application.cluster.name]!) !==
          service.versions[application.cluster.name],
      ),
    )
    .map(application => ({
      application,
      daysAgo: releasedDaysAgo(application),
    }))
    .sort((a, b) => b.daysAgo - a.daysAgo);
  for (const { application, daysAgo } of releases) {
    const { services, cluster } = application;
    clock.travel(at(daysAgo));
    const team = company.people.filter(person =>
      person.teams.includes(services[0].team),
    );
    const login =
      team[Math.floor(fraction(application.name) * team.length)].login;
    const versions = services.map(
      service => `${service.name} ${service.versions[cluster.name]}`,
    );
    for (const service of services) {
      world.commit({
        message: `Release ${versions.join(' and ')} to ${cluster.name}`,
        login,
        changes: versionChanges({
          repository: gitOps,
          service,
          cluster: cluster.name,
          version: service.versions[cluster.name]!,
        }),
      });
    }
    clock.travel(at(daysAgo - 0.002));
    world.argocdOf(cluster.name).sync(application.name, {
      initiatedBy: application.automated
        ? { automated: true }
        : { username: login },
    });
  }
}

/** Releases reach development often and production seldom. */
function releasedDaysAgo({
  name,
  cluster,
  startedDaysAgo,
}: PlannedApplication) {
  const longest = { development: 6, staging: 14, production: 40 };
  return Math.min(
    startedDaysAgo - 1,
    1 + fraction(`${name} release`) * longest[cluster.environment],
  );
}

function firstFiles(
  company: CompanySeed,
  application: PlannedApplication,
): Record<string, string> {
  const { cluster, services, stem } = application;
  return services.length === 0
    ? datastoreFiles(company, stem, cluster)
    : Object.assign(
        {},
        ...services.map(service =>
          serviceFiles({
            company,
            service,
            cluster,
            version: versionBefore(service.versions[cluster.name]!),
          }),
        ),
      );
}
