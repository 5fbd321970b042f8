import type { Binding, Plan } from '@causeway/backstage-plugin-causeway-common';
import type {
  Verification,
  Written,
} from '@causeway/backstage-plugin-causeway-node';
import {
  integer,
  type JsonRecord,
  records,
  text,
} from '../../../estate/sources/read';
import type { GithubPlanClient } from '../clients/GithubClients';
import type { OperationParts } from '../shared/OperationParts';
import { repositoryOf } from './followPullRequest';

/** A run may wait for the reviewers of an environment. */
const runWithin = 24 * 60 * 60_000;

/** Milliseconds by which GitHub's clock may be behind ours. */
const skew = 60_000;

/** How far a run that was dispatched has come: queued, started, completed. */
export async function followRun(options: {
  parts: OperationParts;
  binding: Binding;
  plan: Plan;
  written: Written;
  signal: AbortSignal;
}): Promise<Verification> {
  const { parts, binding, plan, written, signal } = options;
  const client = await parts.plan.github(binding.source, signal);
  const found = await findRun(client, binding, plan, written);
  if ('several' in found) {
    return {
      state: 'failed',
      message: `${found.several} runs were started at about that time, and nobody can tell which is this one: look at the runs of ${plan.bound?.workflow}`,
    };
  }
  const { run } = found;
  const patience = { settleWithin: runWithin, lookAgainIn: 10_000 };
  if (!run) {
    return {
      state: 'progressing',
      phase: 'queued',
      message: 'GitHub has not begun a run yet',
      lookAgainIn: 10_000,
    };
  }
  const url = text(run.html_url, 512) ?? '';
  if (text(run.head_sha, 64) !== plan.bound?.commit) {
    return {
      state: 'failed',
      message: `The branch moved in the moment of the dispatch: the run works on another commit than the approved one: ${url}`,
    };
  }
  if (run.status !== 'completed') {
    return {
      ...patience,
      state: 'progressing',
      phase: 'started',
      message: `The run is ${text(run.status, 32) ?? 'on its way'}: ${url}`,
    };
  }
  const conclusion = text(run.conclusion, 32) ?? 'unknown';
  return conclusion === 'success'
    ? {
        state: 'healthy',
        phase: 'completed',
        message: `The run succeeded: ${url}`,
      }
    : { state: 'failed', message: `The run ended as ${conclusion}: ${url}` };
}

/** The run that GitHub named, or the one that was begun on that commit since. */
async function findRun(
  client: GithubPlanClient,
  binding: Binding,
  { bound = {} }: Plan,
  { left }: Written,
): Promise<{ run?: JsonRecord } | { several: number }> {
  const repository = repositoryOf(binding);
  const id = integer(left.run);
  if (id !== undefined) {
    return { run: await client.run(repository, id) };
  }
  const { workflow_runs: runs } = await client.dispatchedRuns(
    repository,
    bound.workflow,
    bound.commit,
  );
  const since = Number(left.at) - skew;
  const known = new Set(String(left.before).split(' '));
  const fitting = records(runs, 100).filter(
    run =>
      Date.parse(text(run.created_at, 40) ?? '') >= since &&
      !known.has(String(integer(run.id))),
  );
  return fitting.length > 1 ? { several: fitting.length } : { run: fitting[0] };
}
