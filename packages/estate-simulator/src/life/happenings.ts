import { asObject } from '../argocd/json';
import { viewApplication } from '../argocd/application';
import { GitHubModel } from '../github/GitHubModel';
import { planApplications, PlannedApplication } from '../world/applicationPlan';
import { EstateWorld, versionChanges } from '../world/EstateWorld';
import { versionAfter } from '../world/versions';

/** What a happening works with. */
export interface LifeContext {
  world: EstateWorld;
  github: GitHubModel;
  random: () => number;
}

/** Changes something in the world and says what, in one line. */
export type Happening = (context: LifeContext) => string;

/** What may happen; those that stand twice happen twice as often. */
export const happenings: Happening[] = [
  releaseByCommit,
  releaseByCommit,
  releaseByPullRequest,
  scaleByHand,
  syncWhatIsBehind,
];

/** A new version is committed: automated applications roll it out at once. */
function releaseByCommit({ world, random }: LifeContext): string {
  const application = pick(releasable(world), random);
  const { service, version } = nextVersion(world, application);
  world.releaseVersion({
    service: service.name,
    namespace: service.namespace,
    cluster: application.cluster.name,
    version,
    login: memberOf(world, service.team, random),
  });
  return `${service.name} ${version} was released to ${application.cluster.name}`;
}

/** A new version goes through a pull request. */
function releaseByPullRequest(context: LifeContext): string {
  const { world, github, random } = context;
  const application = pick(releasable(world), random);
  const { service, version } = nextVersion(world, application);
  const repository = world.repository(world.company.gitOpsRepository);
  const author = memberOf(world, service.team, random);
  const branch = `release/${service.name}-${version}-${application.cluster.name}`;
  world.commit({
    branch,
    login: author,
    message: `Release ${service.name} ${version} to ${application.cluster.name}`,
    changes: versionChanges({
      repository,
      service,
      cluster: application.cluster.name,
      version,
    }),
  });
  const pull = github.openPullRequest({
    repository: repository.name,
    title: `Release ${service.name} ${version} to ${application.cluster.name}`,
    head: branch,
    base: repository.defaultBranch,
    author,
  });
  github.merge(pull, { by: memberOf(world, service.team, random) });
  repository.deleteBranch(branch);
  return `Pull request #${pull.number} released ${service.name} ${version} to ${application.cluster.name}`;
}

/** Somebody scales past Git; Argo CD heals it where it may. */
function scaleByHand({ world, random }: LifeContext): string {
  const application = pick(
    releasable(world).filter(({ services }) =>
      services[0].workloads.some(({ kind }) => kind === 'Deployment'),
    ),
    random,
  );
  const [service] = application.services;
  const workload = service.workloads.find(({ kind }) => kind === 'Deployment')!;
  const { name: cluster } = application.cluster;
  let replicas = 0;
  world.editLive(
    {
      cluster,
      type: 'deployments.apps',
      namespace: service.namespace,
      name: workload.name,
      manager: 'kubectl',
      subresource: 'scale',
    },
    object => {
      const spec = asObject(object.spec);
      const before = Number(spec.replicas ?? 1);
      replicas = before > 4 ? before - 1 : before + 1;
      spec.replicas = replicas;
    },
  );
  return `Somebody scaled ${workload.name} in ${cluster} to ${replicas}`;
}

/** A person syncs an application that is behind Git. */
function syncWhatIsBehind(context: LifeContext): string {
  const { world, random } = context;
  const behind = [...world.argocd.values()].flatMap(controller =>
    controller
      .applications()
      .filter(object => {
        const { status, automated, operation } = viewApplication(object);
        return (
          !automated &&
          !operation &&
          asObject(status.sync).status === 'OutOfSync'
        );
      })
      .map(object => ({ controller, name: object.metadata.name })),
  );
  if (behind.length === 0) {
    return releaseByCommit(context);
  }
  const { controller, name } = pick(behind, random);
  controller.sync(name, {
    initiatedBy: { username: memberOf(world, 'platform', random) },
  });
  return `${name} was synced by hand`;
}

function releasable(world: EstateWorld): PlannedApplication[] {
  return planApplications(world.company).filter(
    ({ services }) =>
      services.length > 0 &&
      services.every(
        ({ lifecycle, image }) =>
          !lifecycle &&
          image.startsWith(`ghcr.io/${world.company.organization}/`),
      ),
  );
}

function nextVersion(world: EstateWorld, application: PlannedApplication) {
  const [service] = application.services;
  const [workload] = service.workloads;
  const repository = world.repository(world.company.gitOpsRepository);
  const current = currentTag(
    [...repository.tree()]
      .filter(([path]) =>
        path.startsWith(
          `apps/${application.stem}/${application.cluster.name}/`,
        ),
      )
      .map(([, content]) => content),
    `${service.image}${workload.imageSuffix ?? ''}:`,
  );
  return { service, version: versionAfter(current ?? '0.0.0') };
}

function currentTag(contents: string[], image: string): string | undefined {
  for (const content of contents) {
    const start = content.indexOf(`image: ${image}`);
    if (start >= 0) {
      return /^[\w.-]+/.exec(content.slice(start + 7 + image.length))?.[0];
    }
  }
  return undefined;
}

function memberOf(
  world: EstateWorld,
  team: string,
  random: () => number,
): string {
  const members = world.company.people.filter(({ teams }) =>
    teams.includes(team),
  );
  return pick(members, random).login;
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)];
}
