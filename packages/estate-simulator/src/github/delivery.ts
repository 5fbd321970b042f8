import { fraction } from '../world/random';
import type { GitHubModel, HostedRepository } from './GitHubModel';

const hourMs = 3_600_000;

/** What guards a default branch. */
export interface BranchProtection {
  /** A classic rule, as a repository's administrators write it. */
  classic: boolean;
  /** Names of the active rulesets. */
  rulesets: string[];
}

/** States of a deployment that has been carried out, or not. */
export type DeploymentState = 'SUCCESS' | 'FAILURE' | 'IN_PROGRESS';

/** One deployment of a repository. */
export interface Deployment {
  id: string;
  repository: string;
  environment: string;
  sha: string;
  ref: string;
  state: DeploymentState;
  createdAt: Date;
  creator: string;
}

/** A run that somebody asked for by `workflow_dispatch`. */
export interface DispatchedRun {
  id: number;
  number: number;
  repository: string;
  /** Name of the file in `.github/workflows`. */
  file: string;
  branch: string;
  headSha: string;
  inputs: Record<string, string>;
  actor: string;
  createdAt: Date;
  /** Set by hand; otherwise it succeeds after a while. */
  conclusion?: 'success' | 'failure';
}

/** State of the last workflow run on a default branch. */
export type WorkflowState = 'SUCCESS' | 'FAILURE' | 'PENDING';

/** What guards the default branch: the seed says so, else those with CODEOWNERS have a classic rule. */
export function protectionOf({
  seed,
}: Pick<HostedRepository, 'seed'>): BranchProtection {
  const kind =
    seed.protection ?? (seed.codeowners && !seed.archived ? 'classic' : 'none');
  return {
    classic: kind === 'classic' || kind === 'both',
    rulesets:
      kind === 'ruleset' || kind === 'both' ? ['Reviewed changes only'] : [],
  };
}

/** Whether anything guards the default branch. */
export function isProtected(
  model: GitHubModel,
  repository: HostedRepository,
): boolean {
  const { classic, rulesets } =
    model.protection(repository.seed.name) ?? protectionOf(repository);
  return classic || rulesets.length > 0;
}

/** Deployment environments of a repository: where its services run. */
export function environmentsOf(
  model: GitHubModel,
  { seed }: HostedRepository,
): string[] {
  const { services, clusters } = model.company;
  const names = services
    .filter(service => service.repository === seed.name)
    .flatMap(service => Object.keys(service.versions))
    .map(cluster => clusters.find(({ name }) => name === cluster)!.environment);
  return ['development', 'staging', 'production'].filter(name =>
    names.some(one => one === name),
  );
}

/** The deployments with which a repository's history begins, newest first. */
export function firstDeployments(
  model: GitHubModel,
  repository: HostedRepository,
): Deployment[] {
  const { seed, git } = repository;
  const head = git.log().at(0)!;
  return environmentsOf(model, repository)
    .map((environment, stage) => ({
      id: `${seed.name}/${environment}/1`,
      repository: seed.name,
      environment,
      sha: head.sha,
      ref: git.defaultBranch,
      // Where the last run failed, so did what it deployed.
      state:
        seed.workflow === 'FAILURE' && environment === 'production'
          ? ('FAILURE' as const)
          : ('SUCCESS' as const),
      createdAt: new Date(
        Math.min(
          model.world.now().getTime(),
          head.date.getTime() +
            (stage + fraction(`${seed.name} ${environment} deployment`)) *
              hourMs,
        ),
      ),
      creator: head.author.login ?? 'ghost',
    }))
    .reverse();
}

/** What a deployment to an environment has to pass. */
export function environmentProtection(environment: string): {
  reviewers: number;
  waitMinutes: number;
  protectedBranches: boolean;
} {
  return environment === 'production'
    ? { reviewers: 1, waitMinutes: 10, protectedBranches: true }
    : {
        reviewers: 0,
        waitMinutes: 0,
        protectedBranches: environment === 'staging',
      };
}

/** Number of the last workflow run of a repository. */
export function runNumber(repository: string): number {
  return 10 + Math.floor(fraction(`${repository} runs`) * 900);
}
