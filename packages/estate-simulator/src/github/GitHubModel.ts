import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import {
  CompanySeed,
  PersonSeed,
  RepositorySeed,
  TeamSeed,
} from '../seed/model';
import { EstateWorld } from '../world/EstateWorld';
import { GitCommit, GitRepository } from '../world/GitRepository';
import {
  BranchProtection,
  Deployment,
  DeploymentState,
  DispatchedRun,
  firstDeployments,
  WorkflowState,
} from './delivery';
import { RateLimits } from './RateLimits';

/** A pull request. */
export interface PullRequest {
  number: number;
  repository: string;
  title: string;
  body: string;
  head: string;
  base: string;
  headSha: string;
  author: string;
  draft: boolean;
  createdAt: Date;
  updatedAt: Date;
  closedAt?: Date;
  mergedAt?: Date;
  mergedBy?: string;
  mergeSha?: string;
  closedBy?: string;
}

/** A repository of the organization with what Git does not hold. */
export interface HostedRepository {
  seed: RepositorySeed;
  git: GitRepository;
  createdAt: Date;
}

/** Something that happened in the organization, as a webhook tells it. */
export interface GitHubEvent {
  /** `push`, `deployment_status`, ... */
  name: string;
  payload: object;
}

/** Options of {@link GitHubModel}. */
export interface GitHubModelOptions {
  world: EstateWorld;
  /** Where people look at repositories, without a slash at the end. */
  webUrl: string;
  /** Where the simulator itself is reached: pictures come from there. */
  assetsUrl: string;
}

/**
 * The GitHub organization behind both APIs: repositories over the world's Git,
 * teams and people over its company, and pull requests.
 */
export class GitHubModel {
  readonly company: CompanySeed;
  readonly world: EstateWorld;
  readonly webUrl: string;
  readonly rateLimits: RateLimits;
  readonly #assetsUrl: string;
  readonly #pullRequests: PullRequest[] = [];
  readonly #deployments = new Map<string, Deployment[]>();
  readonly #workflows = new Map<string, WorkflowState>();
  readonly #protections = new Map<string, BranchProtection>();
  readonly #dispatched: DispatchedRun[] = [];
  readonly #listeners = new Set<(event: GitHubEvent) => void>();

  constructor(options: GitHubModelOptions) {
    this.world = options.world;
    this.company = options.world.company;
    this.webUrl = options.webUrl;
    this.#assetsUrl = options.assetsUrl;
    this.rateLimits = new RateLimits({ now: options.world.now });
    for (const repository of this.repositories()) {
      this.#deployments.set(
        repository.seed.name,
        firstDeployments(this, repository),
      );
      repository.git.onPush(branch => this.#tellPush(repository, branch));
    }
  }

  get organization(): string {
    return this.company.organization;
  }

  /** Repositories by name. */
  repositories(): HostedRepository[] {
    return [...this.company.repositories]
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(seed => this.#host(seed));
  }

  /** One repository, whatever the case of its name. */
  repository(owner: string, name: string): HostedRepository | undefined {
    const seed =
      owner.toLocaleLowerCase('en-US') === this.organization
        ? this.company.repositories.find(
            candidate => candidate.name === name.toLocaleLowerCase('en-US'),
          )
        : undefined;
    return seed && this.#host(seed);
  }

  /** Address of a repository's page. */
  repositoryUrl(name: string): string {
    return `${this.webUrl}/${this.organization}/${name}`;
  }

  /** Address of the picture of an account or a team. */
  avatarUrl(name: string): string {
    return `${this.#assetsUrl}/github/avatars/${name}.svg`;
  }

  /** Teams by slug. */
  teams(): TeamSeed[] {
    return [...this.company.teams].sort((a, b) => a.slug.localeCompare(b.slug));
  }

  /** The teams right below a team. */
  childTeams(slug: string): TeamSeed[] {
    return this.teams().filter(team => team.parent === slug);
  }

  /** A team and all teams below it. */
  teamTree(slug: string): string[] {
    return [
      slug,
      ...this.childTeams(slug).flatMap(child => this.teamTree(child.slug)),
    ];
  }

  /** People of a team; with `children`, those of the teams below as well. */
  members(slug: string, options: { children: boolean }): PersonSeed[] {
    const slugs = options.children ? this.teamTree(slug) : [slug];
    return this.people().filter(person =>
      person.teams.some(team => slugs.includes(team)),
    );
  }

  /** People by login. */
  people(): PersonSeed[] {
    return [...this.company.people].sort((a, b) =>
      a.login.localeCompare(b.login),
    );
  }

  /** Repositories that a team has rights on. */
  teamRepositories(slug: string): HostedRepository[] {
    const slugs = this.teamTree(slug);
    return this.repositories().filter(({ seed }) => slugs.includes(seed.team));
  }

  /** Pull requests of a repository, newest first. */
  pullRequests(repository: string): PullRequest[] {
    return this.#pullRequests
      .filter(pull => pull.repository === repository)
      .reverse();
  }

  /** One pull request. */
  pullRequest(repository: string, number: number): PullRequest {
    const found = this.#pullRequests.find(
      pull => pull.repository === repository && pull.number === number,
    );
    if (!found) {
      throw new NotFoundError('Not Found');
    }
    return found;
  }

  /** Opens a pull request between two branches of a repository. */
  openPullRequest(options: {
    repository: string;
    title: string;
    body?: string;
    head: string;
    base: string;
    author: string;
    draft?: boolean;
  }): PullRequest {
    const { git } = this.#known(options.repository);
    const head = options.head.replace(`${this.organization}:`, '');
    const headSha = git.branches.get(head);
    if (!headSha || !git.branches.has(options.base)) {
      throw new InputError(
        `Validation Failed: ${headSha ? 'base' : 'head'} invalid`,
      );
    }
    if (
      this.#pullRequests.some(
        pull =>
          pull.repository === options.repository &&
          pull.head === head &&
          pull.base === options.base &&
          !pull.closedAt,
      )
    ) {
      throw new InputError(
        `A pull request already exists for ${this.organization}:${head}.`,
      );
    }
    if (git.changedPaths(options.base, head).length === 0) {
      throw new InputError(
        `No commits between ${options.base} and ${options.head}`,
      );
    }
    const now = this.world.now();
    const pull: PullRequest = {
      number: this.pullRequests(options.repository).length + 1,
      repository: options.repository,
      title: options.title,
      body: options.body ?? '',
      head,
      base: options.base,
      headSha,
      author: options.author,
      draft: options.draft ?? false,
      createdAt: now,
      updatedAt: now,
    };
    this.#pullRequests.push(pull);
    return pull;
  }

  /** The sha at the head of an open pull request's branch, or its last one. */
  headOf(pull: PullRequest): string {
    const { git } = this.#known(pull.repository);
    return (
      (pull.closedAt ? undefined : git.branches.get(pull.head)) ?? pull.headSha
    );
  }

  /** Whether the changes fit onto the base as it is now. */
  mergeable(pull: PullRequest): boolean {
    const { git } = this.#known(pull.repository);
    const head = this.headOf(pull);
    const common = git.mergeBase(pull.base, head);
    if (!common) {
      return false;
    }
    const theirs = new Set(git.changedPaths(common.sha, pull.base));
    const baseTree = git.tree(pull.base);
    const headTree = git.tree(head);
    return git
      .changedPaths(common.sha, head)
      .every(
        path => !theirs.has(path) || baseTree.get(path) === headTree.get(path),
      );
  }

  /** Merges a pull request as one commit on its base. */
  merge(
    pull: PullRequest,
    options: { by: string; title?: string; message?: string; sha?: string },
  ): GitCommit {
    const { git } = this.#known(pull.repository);
    const head = this.headOf(pull);
    if (options.sha && options.sha !== head) {
      throw new ConflictError(
        'Head branch was modified. Review and try the merge again.',
      );
    }
    const common = git.mergeBase(pull.base, head)!;
    const tree = git.tree(head);
    const commit = git.commit({
      branch: pull.base,
      message: [
        options.title ?? `${pull.title} (#${pull.number})`,
        options.message ?? pull.body,
      ]
        .filter(Boolean)
        .join('\n\n'),
      author: this.world.author(pull.author),
      date: this.world.now(),
      changes: Object.fromEntries(
        git.changedPaths(common.sha, head).map(path => [path, tree.get(path)]),
      ),
    });
    const now = this.world.now();
    Object.assign(pull, {
      headSha: head,
      closedAt: now,
      mergedAt: now,
      updatedAt: now,
      mergedBy: options.by,
      mergeSha: commit.sha,
    });
    return commit;
  }

  /** Closes a pull request without merging it. */
  close(pull: PullRequest, by: string): void {
    const now = this.world.now();
    Object.assign(pull, {
      headSha: this.headOf(pull),
      closedAt: now,
      updatedAt: now,
      closedBy: by,
    });
  }

  /** Closes what is open of a branch that goes away, as GitHub does. */
  closeWithoutBranch(repository: string, branch: string): void {
    this.pullRequests(repository)
      .filter(pull => pull.head === branch && !pull.closedAt)
      .forEach(pull => this.close(pull, 'ghost'));
  }

  /** Deployments of a repository, newest first. */
  deployments(repository: HostedRepository): readonly Deployment[] {
    return this.#deployments.get(repository.seed.name) ?? [];
  }

  /** Records a deployment of the default branch's head. */
  deploy(options: {
    repository: string;
    environment: string;
    state: DeploymentState;
    login: string;
  }): Deployment {
    const repository = this.#known(options.repository);
    const { git, seed } = repository;
    const before = this.deployments(repository);
    const deployment: Deployment = {
      id: `${seed.name}/${options.environment}/${before.length + 1}`,
      repository: seed.name,
      environment: options.environment,
      sha: git.resolve('HEAD')!.sha,
      ref: git.defaultBranch,
      state: options.state,
      createdAt: this.world.now(),
      creator: options.login,
    };
    this.#deployments.set(seed.name, [deployment, ...before]);
    this.#tell('deployment_status', seed.name, {
      action: 'created',
      deployment: {
        id: databaseId(`deployment ${deployment.id}`),
        sha: deployment.sha,
        ref: deployment.ref,
        environment: deployment.environment,
      },
      deployment_status: {
        state: deployment.state.toLocaleLowerCase('en-US'),
        environment: deployment.environment,
      },
    });
    return deployment;
  }

  /** State of the last workflow run on the default branch. */
  workflow({ seed }: HostedRepository): WorkflowState | undefined {
    return this.#workflows.get(seed.name) ?? seed.workflow;
  }

  /** Ends the last workflow run on the default branch, or starts it again. */
  setWorkflow(repository: string, state: WorkflowState): void {
    const { seed, git } = this.#known(repository);
    this.#workflows.set(seed.name, state);
    this.#tell('workflow_run', seed.name, {
      action: state === 'PENDING' ? 'requested' : 'completed',
      workflow_run: {
        name: 'ci',
        event: 'push',
        head_branch: git.defaultBranch,
        head_sha: git.resolve('HEAD')!.sha,
        status: state === 'PENDING' ? 'queued' : 'completed',
        conclusion:
          state === 'PENDING' ? null : state.toLocaleLowerCase('en-US'),
      },
    });
  }

  /** Runs that somebody asked for, newest first. */
  dispatchedRuns(repository: string): DispatchedRun[] {
    return this.#dispatched.filter(run => run.repository === repository);
  }

  /** Starts a run of a workflow file on a branch's head. */
  dispatch(options: {
    repository: string;
    file: string;
    branch: string;
    inputs: Record<string, string>;
    actor: string;
  }): DispatchedRun {
    const { git } = this.#known(options.repository);
    const number = this.#dispatched.length + 1;
    const run: DispatchedRun = {
      ...options,
      id: databaseId(`dispatched ${options.repository} ${number}`),
      number,
      headSha: git.resolve(options.branch)!.sha,
      createdAt: this.world.now(),
    };
    this.#dispatched.unshift(run);
    return run;
  }

  /** Ends a run before its time. */
  finishRun(run: DispatchedRun, conclusion: 'success' | 'failure'): void {
    run.conclusion = conclusion;
  }

  /** What somebody made guard a default branch since the start. */
  protection(repository: string): BranchProtection | undefined {
    return this.#protections.get(repository);
  }

  /** Changes what guards a default branch. */
  setProtection(repository: string, protection: BranchProtection): void {
    const { name } = this.#known(repository).seed;
    this.#protections.set(name, protection);
    this.#tell('branch_protection_configuration', name, {
      action:
        protection.classic || protection.rulesets.length > 0
          ? 'enabled'
          : 'disabled',
    });
  }

  /** Calls back after something has happened; returns the way to stop. */
  onEvent(listener: (event: GitHubEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tellPush({ seed, git }: HostedRepository, branch: string): void {
    const commit = git.resolve(branch);
    const none = '0'.repeat(40);
    this.#tell('push', seed.name, {
      ref: `refs/heads/${branch}`,
      before: commit?.parent ?? none,
      after: commit?.sha ?? none,
      deleted: commit === undefined,
      commits: commit
        ? [
            {
              id: commit.sha,
              message: commit.message,
              timestamp: commit.date.toISOString(),
            },
          ]
        : [],
    });
  }

  #tell(name: string, repository: string, payload: object): void {
    const event = {
      name,
      payload: {
        ...payload,
        repository: {
          id: databaseId(`repository ${repository}`),
          node_id: nodeId('R', repository),
          name: repository,
          full_name: `${this.organization}/${repository}`,
          html_url: this.repositoryUrl(repository),
          owner: { login: this.organization, type: 'Organization' },
        },
        organization: {
          login: this.organization,
          id: databaseId(`organization ${this.organization}`),
        },
      },
    };
    this.#listeners.forEach(listener => listener(event));
  }

  #known(name: string): HostedRepository {
    const repository = this.repository(this.organization, name);
    if (!repository) {
      throw new NotFoundError('Not Found');
    }
    return repository;
  }

  #host(seed: RepositorySeed): HostedRepository {
    const git = this.world.repository(seed.name);
    return { seed, git, createdAt: git.log().at(-1)!.date };
  }
}

/** A number that GitHub would call `databaseId`, stable for a name. */
export function databaseId(name: string): number {
  return (
    createHash('sha256').update(name).digest().readUInt32BE(0) & 0x7fff_ffff
  );
}

/** A node id in GitHub's form, stable for a name. */
export function nodeId(prefix: string, name: string): string {
  return `${prefix}_kgDO${Buffer.from(name).toString('base64url')}`;
}
