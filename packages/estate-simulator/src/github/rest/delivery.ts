import {
  environmentProtection,
  environmentsOf,
  protectionOf,
  runNumber,
} from '../delivery';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import { Paged, repositoryOf, RestRequest } from './handlers';
import { account } from './shapes';

/** `GET /repos/:owner/:repo/rulesets` */
export function listRulesets(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model } = request;
  const { name } = repository.seed;
  const { rulesets } = model.protection(name) ?? protectionOf(repository);
  return new Paged(
    rulesets.map(ruleset => ({
      id: databaseId(`ruleset ${name}`),
      node_id: nodeId('RRS', `${name}/${ruleset}`),
      name: ruleset,
      target: 'branch',
      source_type: 'Repository',
      source: `${model.organization}/${name}`,
      enforcement: 'active',
    })),
  );
}

/** `GET /repos/:owner/:repo/environments` */
export function listEnvironments(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, apiUrl } = request;
  const { name: repositoryName } = repository.seed;
  return new Paged(
    environmentsOf(model, repository).map(name => {
      const { reviewers, waitMinutes, protectedBranches } =
        environmentProtection(name);
      const id = `${repositoryName}/${name}`;
      const rule = (type: string, more: object = {}) => ({
        id: databaseId(`${type} ${id}`),
        node_id: nodeId('GA', `${type}/${id}`),
        type,
        ...more,
      });
      return {
        id: databaseId(`environment ${id}`),
        node_id: nodeId('EN', id),
        name,
        url: `${apiUrl}/repos/${model.organization}/${repositoryName}/environments/${name}`,
        html_url: `${model.repositoryUrl(repositoryName)}/deployments/activity_log?environments_filter=${name}`,
        created_at: repository.createdAt.toISOString(),
        updated_at: repository.createdAt.toISOString(),
        protection_rules: [
          ...(waitMinutes
            ? [rule('wait_timer', { wait_timer: waitMinutes })]
            : []),
          ...(reviewers
            ? [
                rule('required_reviewers', {
                  prevent_self_review: true,
                  reviewers: [
                    {
                      type: 'Team',
                      reviewer: { slug: repository.seed.team },
                    },
                  ],
                }),
              ]
            : []),
          ...(protectedBranches ? [rule('branch_policy')] : []),
        ],
        deployment_branch_policy: protectedBranches
          ? { protected_branches: true, custom_branch_policies: false }
          : null,
      };
    }),
    (environments, total_count) => ({ total_count, environments }),
  );
}

/** `GET /repos/:owner/:repo/deployments` */
export function listDeployments(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req } = request;
  return new Paged(
    model
      .deployments(repository)
      .filter(
        ({ environment, ref, sha }) =>
          [undefined, environment].includes(
            req.query.environment as string | undefined,
          ) &&
          [undefined, ref].includes(req.query.ref as string | undefined) &&
          [undefined, sha].includes(req.query.sha as string | undefined),
      )
      .map(deployment => ({
        id: databaseId(`deployment ${deployment.id}`),
        node_id: nodeId('DE', deployment.id),
        environment: deployment.environment,
        original_environment: deployment.environment,
        sha: deployment.sha,
        ref: deployment.ref,
        task: 'deploy',
        description: null,
        creator: account(model, deployment.creator),
        created_at: deployment.createdAt.toISOString(),
        updated_at: deployment.createdAt.toISOString(),
      })),
  );
}

const runStates = {
  SUCCESS: ['completed', 'success'],
  FAILURE: ['completed', 'failure'],
  PENDING: ['in_progress', null],
} as const;

/** `GET /repos/:owner/:repo/actions/workflows` */
export function listWorkflows(request: RestRequest) {
  const repository = repositoryOf(request);
  return new Paged(
    request.model.workflow(repository) ? [workflowBody(repository)] : [],
    (workflows, total_count) => ({ total_count, workflows }),
  );
}

function workflowBody({ seed }: HostedRepository) {
  return {
    id: databaseId(`workflow ${seed.name}`),
    name: 'ci',
    path: '.github/workflows/ci.yaml',
    state: 'active',
  };
}

/** `GET /repos/:owner/:repo/actions/runs` */
export function listWorkflowRuns(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, req } = request;
  const { seed, git } = repository;
  const wrap = (workflow_runs: unknown[], total_count: number) => ({
    total_count,
    workflow_runs,
  });
  const state = model.workflow(repository);
  if (
    !state ||
    (req.query.branch !== undefined && req.query.branch !== git.defaultBranch)
  ) {
    return new Paged([], wrap);
  }
  const head = git.resolve('HEAD')!;
  const [status, conclusion] = runStates[state];
  const id = databaseId(`run ${head.sha}`);
  return new Paged(
    [
      {
        id,
        name: 'ci',
        workflow_id: workflowBody(repository).id,
        path: workflowBody(repository).path,
        run_number: runNumber(seed.name),
        run_attempt: 1,
        head_branch: git.defaultBranch,
        head_sha: head.sha,
        event: 'push',
        status,
        conclusion,
        html_url: `${model.repositoryUrl(seed.name)}/actions/runs/${id}`,
        created_at: head.date.toISOString(),
        updated_at: head.date.toISOString(),
        run_started_at: head.date.toISOString(),
      },
    ],
    wrap,
  );
}
