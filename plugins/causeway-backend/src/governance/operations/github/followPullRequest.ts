import type { Binding, Plan } from '@causeway/backstage-plugin-causeway-common';
import type {
  Verification,
  Written,
} from '@causeway/backstage-plugin-causeway-node';
import { readState } from '../argocd/applicationState';
import type { GithubPlanClient } from '../clients/GithubClients';
import { fetchApplication } from '../kubernetes/readApplication';
import type { OperationParts } from '../shared/OperationParts';
import { readPullRequest } from './pullRequestState';

const minute = 60_000;
const day = 24 * 60 * minute;

/** People review when they get to it; what merges late may not be what was meant any more. */
const reviewWithin = 7 * day;

/** Argo CD looks every three minutes where nobody calls it. */
const syncWithin = 30 * minute;

/** Somebody has to sync it by hand. */
const syncByHandWithin = 7 * day;

const lookAgainIn = 15_000;

const short = (sha: string) => sha.slice(0, 7);

/** How far a pull request has come: opened, merged, synced, healthy. */
export async function followPullRequest(options: {
  parts: OperationParts;
  binding: Binding;
  plan: Plan;
  written: Written;
  signal: AbortSignal;
}): Promise<Verification> {
  const { parts, binding, plan, written, signal } = options;
  const { left } = written;
  const client = await parts.plan.github(binding.source, signal);
  const repository = repositoryOf(binding);
  const pull = readPullRequest(
    await client.pull(repository, Number(left.number)),
  );
  const shown = `Pull request #${pull.number}`;
  if (pull.head !== left.commit) {
    return {
      state: 'failed',
      message: `Somebody pushed to the branch of ${shown}: ${pull.merged ? 'what was merged' : 'what it would merge'} is not what was approved`,
    };
  }
  if (pull.open) {
    return {
      state: 'progressing',
      phase: 'opened',
      message: `${shown} waits to be merged: ${pull.url}`,
      settleWithin: reviewWithin,
      lookAgainIn,
    };
  }
  if (!pull.merged) {
    return {
      state: 'failed',
      message: `${shown} was closed without being merged`,
    };
  }
  const merge = pull.mergeCommit ?? '';
  if (plan.bound?.application === undefined) {
    return {
      state: 'healthy',
      phase: 'merged',
      message: `${shown} was merged as ${short(merge)}`,
    };
  }
  return followDeployment({ ...options, client, merge, shown });
}

/** The repository that a request is bound to. */
export function repositoryOf({ namespace, name }: Binding) {
  return { owner: namespace ?? '', name };
}

async function followDeployment({
  parts,
  binding,
  plan: { bound = {} },
  client,
  merge,
  shown,
  signal,
}: Parameters<typeof followPullRequest>[0] & {
  client: GithubPlanClient;
  merge: string;
  shown: string;
}): Promise<Verification> {
  const { application } = bound;
  const state = readState(
    await fetchApplication({
      clients: parts.plan,
      application: {
        source: bound.applicationSource,
        name: application,
        namespace: bound.applicationNamespace,
        project: bound.applicationProject,
      },
      signal,
    }),
  );
  const merged = {
    state: 'progressing',
    phase: 'merged',
    settleWithin: state.automated ? syncWithin : syncByHandWithin,
    lookAgainIn,
  } as const;
  const { compared } = state;
  if (
    compared === undefined ||
    !(await contains(client, binding, merge, compared))
  ) {
    return {
      ...merged,
      message: `${shown} was merged as ${short(merge)}; ${application} has not looked at it yet`,
    };
  }
  const { operation } = state;
  if (
    !state.running &&
    operation?.revision === compared &&
    (operation.phase === 'Failed' || operation.phase === 'Error')
  ) {
    return {
      state: 'failed',
      message: `Argo CD could not deploy it to ${application}: ${operation.message ?? 'no reason is told'}`,
    };
  }
  if (state.sync !== 'Synced') {
    return {
      ...merged,
      message: `${shown} was merged as ${short(merge)}; ${application} is ${state.sync}${state.automated || state.running ? '' : ', and somebody has to sync it'}`,
    };
  }
  return state.health.status === 'Healthy'
    ? {
        state: 'healthy',
        phase: 'healthy',
        message: `${application} has deployed ${short(compared)}, and is healthy`,
      }
    : {
        state: 'progressing',
        phase: 'synced',
        message: `${application} has deployed ${short(compared)}; its health is ${state.health.status}${state.health.message ? `: ${state.health.message}` : ''}`,
      };
}

/** Whether a revision has the merge: others merge in the meantime, too. */
async function contains(
  client: GithubPlanClient,
  binding: Binding,
  merge: string,
  revision: string,
): Promise<boolean> {
  if (merge === revision) {
    return true;
  }
  const status = await client.compare(repositoryOf(binding), merge, revision);
  return status === 'ahead' || status === 'identical';
}
