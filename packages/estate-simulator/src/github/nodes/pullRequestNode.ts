import {
  databaseId,
  HostedRepository,
  nodeId,
  PullRequest,
} from '../GitHubModel';
import { commitNode } from './gitNodes';
import { GraphContext } from './GraphContext';
import { repositoryNode } from './repositoryNode';
import { userNode } from './userNode';

/** `PullRequest` in GraphQL. */
export function pullRequestNode(
  context: GraphContext,
  repository: HostedRepository,
  pull: PullRequest,
): object {
  const { model } = context;
  const name = `${repository.seed.name}#${pull.number}`;
  const actor = (login: string | undefined) => {
    const person = model.people().find(one => one.login === login);
    return person ? userNode(model, person) : null;
  };
  const mergeCommit = pull.mergeSha && repository.git.resolve(pull.mergeSha);
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', name),
    databaseId: databaseId(`pull request ${name}`),
    number: pull.number,
    title: pull.title,
    body: pull.body,
    bodyText: pull.body,
    state: pullRequestState(pull),
    isDraft: pull.draft,
    closed: pull.closedAt !== undefined,
    merged: pull.mergedAt !== undefined,
    mergeable: model.mergeable(pull) ? 'MERGEABLE' : 'CONFLICTING',
    baseRefName: pull.base,
    headRefName: pull.head,
    headRefOid: model.headOf(pull),
    createdAt: pull.createdAt.toISOString(),
    updatedAt: pull.updatedAt.toISOString(),
    closedAt: pull.closedAt?.toISOString() ?? null,
    mergedAt: pull.mergedAt?.toISOString() ?? null,
    url: `${model.repositoryUrl(repository.seed.name)}/pull/${pull.number}`,
    author: () => actor(pull.author),
    mergedBy: () => actor(pull.mergedBy),
    mergeCommit: () =>
      mergeCommit ? commitNode(context, repository, mergeCommit) : null,
    repository: () => repositoryNode(context, repository),
  };
}

/** State in GraphQL's words. */
export function pullRequestState(
  pull: PullRequest,
): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (pull.mergedAt) {
    return 'MERGED';
  }
  return pull.closedAt ? 'CLOSED' : 'OPEN';
}
