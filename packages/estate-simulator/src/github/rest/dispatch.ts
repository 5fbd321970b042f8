import { parse } from 'yaml';
import { asObject } from '../../argocd/json';
import { DispatchedRun } from '../delivery';
import { databaseId, GitHubModel, HostedRepository } from '../GitHubModel';
import { GitHubError } from '../http';
import { Paged, repositoryOf, RestRequest } from './handlers';
import { account } from './shapes';
import { textField, writable } from './writes';

/** How long a run takes that nobody ends, in milliseconds. */
const runMs = 20_000;

const folder = '.github/workflows/';

/** `POST /repos/:owner/:repo/actions/workflows/:file/dispatches` */
export function dispatchWorkflow(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req } = request;
  const { git, seed } = repository;
  const { file } = req.params;
  if (!git.tree().has(folder + file)) {
    throw GitHubError.notFound();
  }
  const ref = textField(req.body, 'ref').replace(/^refs\/heads\//, '');
  if (!git.branches.has(ref)) {
    throw new GitHubError(422, `No ref found for: ${ref}`);
  }
  const on = asObject(
    asObject(parse(git.tree(ref).get(folder + file) ?? '')).on,
  );
  if (!Object.hasOwn(on, 'workflow_dispatch')) {
    throw new GitHubError(
      422,
      "Workflow does not have 'workflow_dispatch' trigger",
    );
  }
  const declared = asObject(asObject(on.workflow_dispatch).inputs);
  const inputs = asObject((req.body as { inputs?: unknown }).inputs);
  const unexpected = Object.keys(inputs).filter(
    name => !Object.hasOwn(declared, name),
  );
  if (unexpected.length > 0) {
    throw new GitHubError(
      422,
      `Unexpected inputs provided: ${JSON.stringify(unexpected)}`,
    );
  }
  const missing = Object.entries(declared).find(([name, input]) => {
    const { required, default: fallback } = asObject(input);
    return (
      required === true &&
      fallback === undefined &&
      !Object.hasOwn(inputs, name)
    );
  });
  if (missing) {
    throw new GitHubError(422, `Required input '${missing[0]}' not provided`);
  }
  const run = model.dispatch({
    repository: seed.name,
    file,
    branch: ref,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [name, String(value)]),
    ),
    actor: access.login,
  });
  if (
    (req.body as { return_run_details?: unknown }).return_run_details !== true
  ) {
    return undefined;
  }
  const { id, html_url, url } = runBody(request, repository, run);
  return { workflow_run_id: id, run_url: url, html_url };
}

/** `GET /repos/:owner/:repo/actions/workflows/:file/runs` */
export function listDispatchedRuns(request: RestRequest) {
  const repository = repositoryOf(request);
  const { file } = request.req.params;
  const { branch, event, head_sha: sha } = request.req.query;
  return new Paged(
    request.model
      .dispatchedRuns(repository.seed.name)
      .filter(
        run =>
          run.file === file &&
          [undefined, 'workflow_dispatch'].includes(event as string) &&
          [undefined, run.branch].includes(branch as string) &&
          [undefined, run.headSha].includes(sha as string),
      )
      .map(run => runBody(request, repository, run)),
    (workflow_runs, total_count) => ({ total_count, workflow_runs }),
  );
}

/** `GET /repos/:owner/:repo/actions/runs/:id` */
export function getRun(request: RestRequest) {
  const repository = repositoryOf(request);
  const run = request.model
    .dispatchedRuns(repository.seed.name)
    .find(({ id }) => String(id) === request.req.params.id);
  if (!run) {
    throw GitHubError.notFound();
  }
  return runBody(request, repository, run);
}

function runBody(
  { model, apiUrl }: RestRequest,
  { seed }: HostedRepository,
  run: DispatchedRun,
) {
  const created = run.createdAt.toISOString();
  return {
    id: run.id,
    name: run.file.replace(/\.ya?ml$/, ''),
    workflow_id: databaseId(`workflow ${seed.name} ${run.file}`),
    path: folder + run.file,
    run_number: run.number,
    run_attempt: 1,
    head_branch: run.branch,
    head_sha: run.headSha,
    event: 'workflow_dispatch',
    ...stateOf(model, run),
    actor: account(model, run.actor),
    triggering_actor: account(model, run.actor),
    url: `${apiUrl}/repos/${model.organization}/${seed.name}/actions/runs/${run.id}`,
    html_url: `${model.repositoryUrl(seed.name)}/actions/runs/${run.id}`,
    created_at: created,
    updated_at: created,
    run_started_at: created,
  };
}

function stateOf({ world }: GitHubModel, run: DispatchedRun) {
  const done = world.now().getTime() - run.createdAt.getTime() >= runMs;
  return run.conclusion || done
    ? { status: 'completed', conclusion: run.conclusion ?? 'success' }
    : { status: 'in_progress', conclusion: null };
}
