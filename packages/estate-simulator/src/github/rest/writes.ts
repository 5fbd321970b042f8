import { InputError } from '@backstage/errors';
import { blobSha } from '../../world/GitRepository';
import { GitHubError } from '../http';
import { refBody, repositoryOf, RestRequest } from './handlers';
import { commitBody, pullRequestBody } from './shapes';

/** A field of a body, or GitHub's 422. */
export const textField = (body: unknown, field: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  if (typeof value !== 'string' || value === '') {
    throw new GitHubError(
      422,
      `Invalid request.\n\n"${field}" wasn't supplied.`,
    );
  }
  return value;
};

const optionalText = (body: unknown, field: string): string | undefined => {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' ? value : undefined;
};

/** The repository that a path names, for who may change it. */
export function writable(request: RestRequest) {
  const repository = repositoryOf(request);
  if (!request.access.write) {
    throw new GitHubError(
      403,
      'Resource not accessible by personal access token',
    );
  }
  if (repository.seed.archived) {
    throw new GitHubError(403, 'Repository was archived so is read-only.');
  }
  return repository;
}

/** `POST /repos/:owner/:repo/git/refs` */
export function createRef(request: RestRequest) {
  const repository = writable(request);
  const { body } = request.req;
  const branch = textField(body, 'ref').replace(/^refs\/heads\//, '');
  if (repository.git.branches.has(branch)) {
    throw new GitHubError(422, 'Reference already exists');
  }
  const sha = textField(body, 'sha');
  if (!repository.git.resolve(sha)) {
    throw new GitHubError(422, 'Object does not exist');
  }
  repository.git.setBranch(branch, sha);
  return refBody(repository, branch);
}

/** `PATCH /repos/:owner/:repo/git/refs/heads/*` */
export function updateRef(request: RestRequest) {
  const repository = writable(request);
  const { params, body } = request.req;
  const branch = params[0];
  const before = refBody(repository, branch);
  const commit = repository.git.resolve(textField(body, 'sha'));
  if (!commit) {
    throw new GitHubError(422, 'Object does not exist');
  }
  const forward = repository.git
    .log(commit.sha)
    .some(({ sha }) => sha === before.object.sha);
  if (!forward && (body as { force?: boolean }).force !== true) {
    throw new GitHubError(422, 'Update is not a fast forward');
  }
  repository.git.setBranch(branch, commit.sha);
  return refBody(repository, branch);
}

/** `DELETE /repos/:owner/:repo/git/refs/heads/*` */
export function deleteRef(request: RestRequest) {
  const repository = writable(request);
  const branch = request.req.params[0];
  request.model.closeWithoutBranch(repository.seed.name, branch);
  if (!repository.git.deleteBranch(branch)) {
    throw new GitHubError(422, 'Reference does not exist');
  }
  return undefined;
}

/** `PUT /repos/:owner/:repo/contents/*` */
export function putContents(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req, apiUrl } = request;
  const path = req.params[0];
  const branch =
    optionalText(req.body, 'branch') ?? repository.git.defaultBranch;
  if (!repository.git.branches.has(branch)) {
    throw new GitHubError(404, `Branch ${branch} not found`);
  }
  const before = repository.git.tree(branch).get(path);
  const sha = optionalText(req.body, 'sha');
  if (before !== undefined && sha === undefined) {
    throw new GitHubError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (before !== undefined && sha !== blobSha(before)) {
    throw new GitHubError(409, `${path} does not match ${sha}`);
  }
  const content = Buffer.from(
    textField(req.body, 'content'),
    'base64',
  ).toString('utf8');
  const commit = repository.git.commit({
    branch,
    message: textField(req.body, 'message'),
    author: model.world.author(access.login),
    date: model.world.now(),
    changes: { [path]: content },
  });
  return {
    content: { path, sha: blobSha(content), size: Buffer.byteLength(content) },
    commit: commitBody(model, repository, commit, apiUrl),
  };
}

/** `POST /repos/:owner/:repo/pulls` */
export function createPull(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req } = request;
  try {
    const pull = model.openPullRequest({
      repository: repository.seed.name,
      title: textField(req.body, 'title'),
      head: textField(req.body, 'head'),
      base: textField(req.body, 'base'),
      body: optionalText(req.body, 'body'),
      draft: (req.body as { draft?: boolean }).draft === true,
      author: access.login,
    });
    return pullRequestBody(model, repository, pull);
  } catch (error) {
    if (error instanceof InputError) {
      throw new GitHubError(422, 'Validation Failed', {
        errors: [
          { resource: 'PullRequest', code: 'custom', message: error.message },
        ],
      });
    }
    throw error;
  }
}

/** `PATCH /repos/:owner/:repo/pulls/:number` */
export function updatePull(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req } = request;
  const pull = model.pullRequest(
    repository.seed.name,
    Number(req.params.number),
  );
  if (optionalText(req.body, 'state') === 'closed' && !pull.closedAt) {
    model.close(pull, access.login);
  }
  return pullRequestBody(model, repository, pull);
}

/** `PUT /repos/:owner/:repo/pulls/:number/merge` */
export function mergePull(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req } = request;
  const pull = model.pullRequest(
    repository.seed.name,
    Number(req.params.number),
  );
  if (pull.closedAt || pull.draft || !model.mergeable(pull)) {
    throw new GitHubError(405, 'Pull Request is not mergeable');
  }
  const commit = model.merge(pull, {
    by: access.login,
    title: optionalText(req.body, 'commit_title'),
    message: optionalText(req.body, 'commit_message'),
    sha: optionalText(req.body, 'sha'),
  });
  return {
    sha: commit.sha,
    merged: true,
    message: 'Pull Request successfully merged',
  };
}
