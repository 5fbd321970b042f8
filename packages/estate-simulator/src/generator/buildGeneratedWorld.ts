import { ArgoController } from '../argocd/ArgoController';
import { createClusterState } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { Timers } from '../kubernetes/Timers';
import { ClusterName, CompanySeed } from '../seed/model';
import { gitOpsUrl } from '../world/argocdObjects';
import { BuiltWorld } from '../world/buildWorld';
import { authorOf, createEstateWorld } from '../world/EstateWorld';
import { GitRepository } from '../world/GitRepository';
import { repositoryFiles } from '../world/repositoryFiles';
import { createWorldClock } from '../world/WorldClock';
import { GeneratorSettings } from './GenerateOptions';
import { generateClusters, generateCompany } from './generateCompany';
import { generateObjects } from './generateObjects';
import { application, project } from './manifests/application';
import { birth, Instance } from './manifests/metadata';
import { ServicePlan } from './planService';

const manager = 'argocd-controller';

/**
 * Builds an estate of any size at once, without a past and without controllers
 * that follow each object: what is loaded is as it would be after a rollout.
 */
export function buildGeneratedWorld(options: {
  settings: GeneratorSettings;
  now: () => Date;
  timers?: Timers;
  githubWebUrl?: string;
}): BuiltWorld {
  const { settings } = options;
  const clock = createWorldClock(options.now);
  clock.travel(birth);
  const seeds = generateClusters(settings.clusters);
  const objects = new Map<ClusterName, KubernetesObject[]>(
    seeds.map(({ name }) => [name, []]),
  );
  const plans: ServicePlan[] = [];
  const instances: { instance: Instance; objects: KubernetesObject[] }[] = [];
  const generated = generateObjects(settings, seeds, (instance, its) => {
    if (plans.at(-1) !== instance.plan) {
      plans.push(instance.plan);
    }
    instances.push({ instance, objects: its });
  });
  for (const { cluster, object } of generated) {
    objects.get(cluster)!.push(object);
  }
  const company = generateCompany({
    clusters: seeds,
    services: plans,
    repositories: settings.repositories,
  });
  const repositories = bearRepositories(company);
  const webUrl = options.githubWebUrl ?? 'https://github.com';
  const repoURL = gitOpsUrl(company, webUrl);
  if (settings.applications) {
    const revision = repositories
      .get(company.gitOpsRepository)!
      .resolve('HEAD')!.sha;
    for (const argocd of company.argocd) {
      const mine = instances.filter(
        ({ instance }) => instance.cluster.argocd === argocd.name,
      );
      const teams = new Set(mine.map(({ instance }) => instance.plan.team));
      objects
        .get(argocd.cluster)!
        .push(
          ...[...teams].map(team => project(team, argocd, repoURL)),
          ...mine.map(one =>
            application({ ...one, argocd, repoURL, revision }),
          ),
        );
    }
  }
  const clusters = new Map(
    seeds.map(({ name }) => {
      const cluster = createClusterState({ name, now: clock.now });
      cluster.load(objects.get(name)!, manager);
      return [name, cluster];
    }),
  );
  const argocd = new Map(
    company.argocd.map(instance => [
      instance.name,
      new ArgoController({
        instance,
        clusters: new Map(
          seeds
            .filter(seed => seed.argocd === instance.name)
            .map(({ name }) => [name, clusters.get(name)!]),
        ),
        repository: () => undefined,
        now: clock.now,
        timers: options.timers,
      }),
    ]),
  );
  clock.release();
  return {
    world: createEstateWorld({
      company,
      clusters,
      argocd,
      repositories,
      now: clock.now,
    }),
    close: () => argocd.forEach(controller => controller.close()),
  };
}

function bearRepositories(company: CompanySeed): Map<string, GitRepository> {
  return new Map(
    company.repositories.map(seed => {
      const repository = new GitRepository({ name: seed.name });
      repository.commit({
        message: 'Start here',
        author: authorOf(company, 'meridian-release-bot'),
        date: birth,
        changes: repositoryFiles(company, seed),
      });
      return [seed.name, repository];
    }),
  );
}
