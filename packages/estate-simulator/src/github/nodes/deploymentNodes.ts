import { connection, ConnectionArguments } from '../connection';
import { Deployment, environmentsOf } from '../delivery';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import { commitNode } from './gitNodes';
import type { GraphContext } from './GraphContext';
import { userNode } from './userNode';

/** `Repository.deployments`, in the order that is asked for. */
export function deploymentConnection(
  context: GraphContext,
  repository: HostedRepository,
  args: ConnectionArguments & {
    environments?: string[] | null;
    orderBy?: { direction: 'ASC' | 'DESC' } | null;
  },
) {
  const newestFirst = context.model
    .deployments(repository)
    .filter(
      ({ environment }) =>
        !args.environments || args.environments.includes(environment),
    );
  return connection(
    'deployments',
    args.orderBy?.direction === 'DESC'
      ? newestFirst
      : [...newestFirst].reverse(),
    args,
    undefined,
    one => deploymentNode(context, repository, one),
  );
}

/** `Repository.environments`. */
export function environmentConnection(
  context: GraphContext,
  repository: HostedRepository,
  args: ConnectionArguments,
) {
  const { seed } = repository;
  return connection(
    'environments',
    environmentsOf(context.model, repository),
    args,
    undefined,
    name => ({
      __typename: 'Environment',
      id: nodeId('EN', `${seed.name}/${name}`),
      databaseId: databaseId(`environment ${seed.name}/${name}`),
      name,
      latestCompletedDeployment: () => {
        const latest = context.model
          .deployments(repository)
          .find(
            ({ environment, state }) =>
              environment === name && state !== 'IN_PROGRESS',
          );
        return latest ? deploymentNode(context, repository, latest) : null;
      },
    }),
  );
}

function deploymentNode(
  context: GraphContext,
  repository: HostedRepository,
  deployment: Deployment,
): object {
  const { model } = context;
  const { seed, git } = repository;
  const { id, environment, sha, ref, state, creator } = deployment;
  const createdAt = deployment.createdAt.toISOString();
  const creatorNode = () =>
    userNode(
      model,
      model.people().find(({ login }) => login === creator) ?? {
        login: creator,
        name: creator,
        title: 'Bot',
        teams: [],
      },
    );
  return {
    __typename: 'Deployment',
    id: nodeId('DE', id),
    databaseId: databaseId(`deployment ${id}`),
    environment,
    latestEnvironment: environment,
    originalEnvironment: environment,
    commitOid: sha,
    commit: () => commitNode(context, repository, git.resolve(sha)!),
    ref: {
      __typename: 'Ref',
      id: nodeId('REF', `${seed.name}/${ref}`),
      name: ref,
      prefix: 'refs/heads/',
    },
    // GitHub calls a deployment that succeeded active until the next one.
    state: state === 'SUCCESS' ? 'ACTIVE' : state,
    task: 'deploy',
    description: null,
    createdAt,
    updatedAt: createdAt,
    creator: creatorNode,
    latestStatus: {
      __typename: 'DeploymentStatus',
      id: nodeId('DES', id),
      state,
      description: null,
      createdAt,
      updatedAt: createdAt,
      environmentUrl: null,
      logUrl: null,
      creator: creatorNode,
    },
  };
}
