import { Request } from 'express';
import { GitHubAccess } from '../access';
import {
  databaseId,
  GitHubModel,
  HostedRepository,
  nodeId,
} from '../GitHubModel';
import { isProtected } from '../delivery';
import { GitHubError } from '../http';
import { maySee } from '../nodes/GraphContext';
import { account, commitBody, pullRequestBody, repositoryBody } from './shapes';
import { contentsBody } from './contents';

/** What the handlers of one request work with. */
export interface RestRequest {
  model: GitHubModel;
  access: GitHubAccess;
  req: Request;
  /** Address under which the client reached the API. */
  apiUrl: string;
}

/** A list of which the router sends one page. */
export class Paged {
  constructor(
    readonly items: readonly unknown[],
    /** Wraps the page, as some routes do. */
    readonly wrap: (page: unknown[], total: number) => unknown = page => page,
  ) {}
}

/** The repository that a path names, or GitHub's 404. */
export function repositoryOf({ model, access, req }: RestRequest) {
  const repository = model.repository(req.params.owner, req.params.repo);
  if (!repository || !maySee(access, repository)) {
    throw GitHubError.notFound();
  }
  return repository;
}

function requireOrganization({ model, req }: RestRequest): void {
  if (req.params.org.toLocaleLowerCase('en-US') !== model.organization) {
    throw GitHubError.notFound();
  }
}

const commitAt = ({ git }: HostedRepository, ref: string) => {
  const commit = git.resolve(ref);
  if (!commit) {
    throw new GitHubError(422, `No commit found for SHA: ${ref}`);
  }
  return commit;
};

/** `GET /orgs/:org` */
export function getOrganization(request: RestRequest) {
  requireOrganization(request);
  const { model } = request;
  return {
    ...account(model, model.organization, 'Organization'),
    name: model.company.name,
    description: 'A small bank and shop',
    public_repos: model
      .repositories()
      .filter(({ seed }) => seed.visibility === 'public').length,
    total_private_repos: model
      .repositories()
      .filter(({ seed }) => seed.visibility !== 'public').length,
  };
}

/** `GET /orgs/:org/repos` */
export function listRepositories(request: RestRequest) {
  requireOrganization(request);
  const { model, access, apiUrl } = request;
  return new Paged(
    model
      .repositories()
      .filter(one => maySee(access, one))
      .map(one => repositoryBody(model, one, apiUrl)),
  );
}

/** `GET /orgs/:org/teams` */
export function listTeams(request: RestRequest) {
  requireOrganization(request);
  const { model, access } = request;
  if (!access.member) {
    throw new GitHubError(403, 'Must have admin rights to Repository.');
  }
  const body = (slug: string | undefined): object | null => {
    const team = model.teams().find(one => one.slug === slug);
    return team
      ? {
          id: databaseId(`team ${team.slug}`),
          node_id: nodeId('T', team.slug),
          name: team.name,
          slug: team.slug,
          description: team.description,
          privacy: 'closed',
          permission: 'pull',
          html_url: `${model.webUrl}/orgs/${model.organization}/teams/${team.slug}`,
          parent: body(team.parent),
        }
      : null;
  };
  return new Paged(model.teams().map(({ slug }) => body(slug)));
}

/** `GET /orgs/:org/teams/:slug/members` */
export function listTeamMembers(request: RestRequest) {
  requireOrganization(request);
  const { model, access, req } = request;
  if (!access.member || !model.teams().some(t => t.slug === req.params.slug)) {
    throw GitHubError.notFound();
  }
  return new Paged(
    model
      .members(req.params.slug, { children: true })
      .map(({ login }) => account(model, login)),
  );
}

/** `GET /repos/:owner/:repo` */
export function getRepository(request: RestRequest) {
  return repositoryBody(request.model, repositoryOf(request), request.apiUrl);
}

/** `GET /repos/:owner/:repo/contents/*` */
export function getContents(request: RestRequest) {
  const repository = repositoryOf(request);
  const { req, apiUrl } = request;
  return contentsBody({
    repository,
    path: req.params[0].replace(/\/$/, ''),
    ref: String(req.query.ref ?? 'HEAD'),
    url: apiUrl + req.path,
  });
}

/** `GET /repos/:owner/:repo/branches` */
export function listBranches(request: RestRequest) {
  const repository = repositoryOf(request);
  return new Paged(
    [...repository.git.branches]
      .sort()
      .map(([name]) => branchBody(request, repository, name)),
  );
}

/** `GET /repos/:owner/:repo/branches/*` */
export function getBranch(request: RestRequest) {
  const repository = repositoryOf(request);
  const name = request.req.params[0];
  if (!repository.git.branches.has(name)) {
    throw new GitHubError(404, 'Branch not found');
  }
  return branchBody(request, repository, name);
}

function branchBody(
  { model, apiUrl }: RestRequest,
  repository: HostedRepository,
  name: string,
) {
  return {
    name,
    commit: commitBody(model, repository, commitAt(repository, name), apiUrl),
    protected:
      name === repository.git.defaultBranch && isProtected(model, repository),
  };
}

/** `GET /repos/:owner/:repo/commits` */
export function listCommits(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req, apiUrl } = request;
  const path = typeof req.query.path === 'string' ? req.query.path : undefined;
  const start = commitAt(repository, String(req.query.sha ?? 'HEAD'));
  return new Paged(
    repository.git
      .log(start.sha, path)
      .map(commit => commitBody(model, repository, commit, apiUrl)),
  );
}

/** `GET /repos/:owner/:repo/commits/*` */
export function getCommit(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req, apiUrl } = request;
  const commit = commitAt(repository, req.params[0]);
  return {
    ...commitBody(model, repository, commit, apiUrl),
    files: commit.paths.map(filename => ({ filename, status: 'modified' })),
  };
}

/** `GET /repos/:owner/:repo/pulls` */
export function listPulls(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req } = request;
  const state = String(req.query.state ?? 'open');
  const head = req.query.head && String(req.query.head).split(':').at(-1);
  return new Paged(
    model
      .pullRequests(repository.seed.name)
      .filter(
        pull =>
          (state === 'all' || (state === 'open') === !pull.closedAt) &&
          (!head || head === pull.head) &&
          (!req.query.base || req.query.base === pull.base),
      )
      .map(pull => pullRequestBody(model, repository, pull)),
  );
}

/** `GET /repos/:owner/:repo/pulls/:number` */
export function getPull(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req } = request;
  return pullRequestBody(
    model,
    repository,
    model.pullRequest(repository.seed.name, Number(req.params.number)),
  );
}

/** `GET /repos/:owner/:repo/git/ref/heads/*` */
export function getRef(request: RestRequest) {
  const repository = repositoryOf(request);
  return refBody(repository, request.req.params[0]);
}

/** A branch as a Git reference. */
export function refBody({ git, seed }: HostedRepository, branch: string) {
  const sha = git.branches.get(branch);
  if (!sha) {
    throw GitHubError.notFound();
  }
  return {
    ref: `refs/heads/${branch}`,
    node_id: nodeId('REF', `${seed.name}/${branch}`),
    object: { type: 'commit', sha },
  };
}
