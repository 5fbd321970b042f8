import {
  asNothingWritten,
  beforeWriting,
  createOperation,
  NothingWritten,
  type Operation,
  OperationRefusal,
  type OperationTarget,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { hashCanonical } from '../../hashCanonical';
import { ApiFailure } from '../clients/ApiFailure';
import {
  type GithubPlanClient,
  type GithubWriteClient,
  type RepositoryAddress,
  slugOf,
} from '../clients/GithubClients';
import { targetChanged } from '../clients/refusals';
import type { OperationParts } from '../shared/OperationParts';
import { checkWorkflowInputs, type WorkflowInputs } from './declaredInputs';
import { dispatchWorkflowExamples } from './dispatchWorkflow.examples';
import { repositoryOf } from './followPullRequest';
import { followRun } from './followRun';
import { findGitPlace } from './gitPlace';
import { GitFiles } from './readGitFile';
import { refusalOf } from './sendToGithub';

const input = z.strictObject({
  workflow: z
    .string()
    .max(200)
    .regex(/^[\w.-]+\.ya?ml$/, 'must be the name of a file such as deploy.yaml')
    .describe('Name of a file in .github/workflows'),
  ref: z
    .string()
    .max(200)
    // eslint-disable-next-line no-control-regex -- control characters are what it keeps out
    .regex(/^[^\u0000-\u0020\u007f~^:?*[\\]+$/, 'must be the name of a branch')
    .optional()
    .describe('Branch; the default branch when left out'),
  inputs: z
    .record(z.string().min(1).max(100), z.string().max(2048))
    .refine(given => Object.keys(given).length <= 25, {
      message: 'must be at most 25',
    })
    .default({})
    .describe('What the workflow declares as inputs, all as text'),
});

/** A workflow file as it is at the head of its branch now. */
interface FoundWorkflow {
  repository: JsonRecord;
  branch: string;
  commit: string;
  author: string;
  sha: string;
  text: string;
}

const pathOf = (workflow: string) => `.github/workflows/${workflow}`;

/** Starts a workflow of GitHub Actions that is meant to be started by hand. */
export function createDispatchWorkflow(parts: OperationParts): Operation {
  const find = async (options: {
    wanted: z.infer<typeof input>;
    target: OperationTarget;
    signal: AbortSignal;
  }) => {
    const { wanted, target, signal } = options;
    const { source, repository } = findGitPlace(parts.plan.access, target);
    parts.plan.access.requireCredentials('github', source.id);
    requireWorkflow(parts, source.id, repository, wanted.workflow);
    const client = await parts.plan.github(source.id, signal);
    const found = await readWorkflow(client, repository, wanted);
    return { source, repository, found };
  };
  return createOperation({
    name: 'dispatch-workflow',
    version: '1',
    title: 'Dispatch a workflow',
    description:
      'Starts a GitHub Actions workflow that is meant to be started by hand, on a protected branch, and follows its run. The commit and the workflow file are bound.',
    class: 'infrastructure',
    capability: 'workflow-dispatch',
    targetTypes: ['github-repository'],
    effects: [
      'Starts a run of a workflow, which does what the workflow may do',
    ],
    idempotent: false,
    input,
    examples: dispatchWorkflowExamples,

    bind: async ({ input: wanted, target, signal }) => {
      const { source, repository, found } = await find({
        wanted,
        target,
        signal,
      });
      return {
        source: source.id,
        sourceKind: 'github',
        address: parts.plan.access.githubAddress(source),
        apiVersion: '2022-11-28',
        kind: 'Repository',
        namespace: repository.owner,
        name: repository.name,
        uid: uidOf(found.repository),
        fieldsHash: fieldsHash(found),
      };
    },

    plan: async ({ input: wanted, binding, target, signal }) => {
      const { repository, found } = await find({ wanted, target, signal });
      requireSame(binding, found);
      const path = pathOf(wanted.workflow);
      const inputs = checkWorkflowInputs(path, found.text, wanted.inputs);
      return {
        summary: `Dispatch ${wanted.workflow} of ${slugOf(repository)} on ${found.branch} at ${found.commit.slice(0, 7)}`,
        changes: Object.entries(inputs).map(([name, after]) => ({
          path: `inputs.${name}`,
          label: `Input ${name}`,
          after,
        })),
        quantities: [],
        warnings: [
          'A run does what the workflow says, with the rights that the workflow has: read it',
        ],
        disruptive: true,
        dryRun: { done: false, why: 'GitHub cannot try a workflow out' },
        bound: {
          workflow: wanted.workflow,
          branch: found.branch,
          commit: found.commit,
          file: found.sha,
          author: found.author,
        },
      };
    },

    estimate: async () => ({
      currency: parts.prices.currency,
      parts: [],
      unknown: 'What a run costs, and what it brings about, is not known',
    }),

    execute: async ({ input: wanted, binding, plan, signal }) => {
      const { client, inputs, before } = await beforeWriting(async () => {
        const pair = await parts.write.github(binding.source, signal);
        const repository = repositoryOf(binding);
        requireWorkflow(parts, binding.source, repository, wanted.workflow);
        const found = await readWorkflow(pair.client, repository, wanted);
        requireSame(binding, found);
        const runs = await pair.client.dispatchedRuns(
          repository,
          wanted.workflow,
          found.commit,
        );
        signal.throwIfAborted();
        return {
          client: pair.client,
          inputs: checkWorkflowInputs(
            pathOf(wanted.workflow),
            found.text,
            wanted.inputs,
          ),
          before: records(runs.workflow_runs, 100).map(({ id }) => integer(id)),
        };
      });
      const at = parts.now();
      const answer = await dispatchOnce(client, {
        repository: repositoryOf(binding),
        workflow: wanted.workflow,
        branch: plan.bound!.branch,
        inputs,
      });
      const run = integer(answer.workflow_run_id);
      return {
        message: `Dispatched ${wanted.workflow} on ${plan.bound!.branch}${run === undefined ? '' : `: ${text(answer.html_url, 512) ?? `run ${run}`}`}`,
        left: run === undefined ? { at, before: before.join(' ') } : { run },
      };
    },

    verify: step => followRun({ parts, ...step }),
  });
}

/** Only workflows that configuration names are started (THREATS C6). */
function requireWorkflow(
  { plan: { access } }: OperationParts,
  source: string,
  repository: RepositoryAddress,
  workflow: string,
): void {
  if (!access.grant(source, repository.name)?.workflows.includes(workflow)) {
    throw new OperationRefusal({
      code: 'workflow-not-granted',
      reason: `The gate may not start ${workflow} of ${slugOf(repository)}`,
      hint: `Whoever runs the portal adds it to the workflows of the repository in causeway.gate.credentials.github.${source}.repositories`,
    });
  }
}

async function readWorkflow(
  client: GithubPlanClient,
  address: RepositoryAddress,
  wanted: { workflow: string; ref?: string },
): Promise<FoundWorkflow> {
  const repository = await client.repository(address);
  const branch = wanted.ref ?? text(repository.default_branch, 255) ?? '';
  const commit = await client.headOf(address, branch);
  if (commit === undefined) {
    throw new OperationRefusal({
      code: 'not-a-branch',
      reason: `${slugOf(address)} has no branch ${branch}`,
      hint: 'Name a branch that is there, or leave ref out for the default one',
    });
  }
  if ((await client.branch(address, branch)).protected !== true) {
    // A pushed branch runs its own workflow, unmerged (THREATS C6).
    throw new OperationRefusal({
      code: 'ref-unprotected',
      reason: `Nothing guards ${branch} of ${slugOf(address)}: whoever may push decides what would run`,
      hint: 'Protect the branch, or name one that is protected',
    });
  }
  const file = await new GitFiles({
    client,
    repository: address,
    commit,
  }).read(pathOf(wanted.workflow));
  const { name, email } =
    record((await client.commit(address, commit)).author) ?? {};
  return {
    repository,
    branch,
    commit,
    author: `${text(name, 200) ?? ''} <${text(email, 320) ?? ''}>`,
    sha: file.sha,
    text: file.text,
  };
}

function uidOf({ id }: JsonRecord): string {
  return String(integer(id) ?? '');
}

function fieldsHash({ branch, commit, sha }: FoundWorkflow): string {
  return hashCanonical({ branch, commit, file: sha });
}

function requireSame(
  binding: { uid: string; fieldsHash: string },
  found: FoundWorkflow,
): void {
  if (
    uidOf(found.repository) !== binding.uid ||
    fieldsHash(found) !== binding.fieldsHash
  ) {
    throw targetChanged(
      `${found.branch} has moved to ${found.commit.slice(0, 7)} since it was planned: another commit is another run`,
    );
  }
}

/** Sends it once: a second dispatch would be a second run. */
async function dispatchOnce(
  client: GithubWriteClient,
  options: {
    repository: RepositoryAddress;
    workflow: string;
    branch: string;
    inputs: WorkflowInputs;
  },
): Promise<JsonRecord> {
  const { repository, workflow, branch, inputs } = options;
  const body = { ref: branch, inputs };
  const send = (more: object) =>
    client.dispatch(repository, workflow, { ...body, ...more });
  try {
    try {
      return await send({ return_run_details: true });
    } catch (error) {
      // A server that does not know the field refuses the whole request.
      if (
        error instanceof ApiFailure &&
        error.status === 422 &&
        error.said.includes('return_run_details')
      ) {
        return await send({});
      }
      throw error;
    }
  } catch (error) {
    if (!(error instanceof ApiFailure)) {
      throw error;
    }
    if (error.tookEffect === 'perhaps') {
      throw new OutcomeUnknown(
        `The dispatch of ${workflow} got no answer: look at its runs whether it began one`,
        error,
      );
    }
    throw error.heldBack
      ? new NothingWritten(
          `GitHub held the dispatch of ${workflow} back: ask again when it is quieter`,
          error,
        )
      : asNothingWritten(refusalOf(error));
  }
}
