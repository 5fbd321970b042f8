import {
  beforeWriting,
  createOperation,
  type Operation,
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { integer, type JsonRecord, text } from '../../../estate/sources/read';
import { hashCanonical } from '../../hashCanonical';
import { type GithubPlanClient, slugOf } from '../clients/GithubClients';
import { noSuchTarget, targetChanged } from '../clients/refusals';
import type { OperationParts } from '../shared/OperationParts';
import { closePullRequest } from './closePullRequest';
import { followPullRequest, repositoryOf } from './followPullRequest';
import { findGitPlace, type GitPlace } from './gitPlace';
import { openPullRequestExamples } from './openPullRequest.examples';
import {
  type LocatedChange,
  locateChanges,
  type PlannedFile,
  planFiles,
  requireOwn,
} from './plannedFiles';
import { planPullRequest, relocate } from './planPullRequest';
import { requireGranted } from './requireGranted';
import { priceFiles } from './priceFiles';
import { GitFiles } from './readGitFile';
import { describePullRequest } from './describePullRequest';
import { writePullRequest } from './writePullRequest';

const oneLine = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    // eslint-disable-next-line no-control-regex -- control characters are what it keeps out
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line of plain text');

const change = z.strictObject({
  file: oneLine(512)
    .regex(/\.ya?ml$/, 'must be a YAML file')
    .optional()
    .describe(
      'Path from the folder of the application on, or from the root of a repository; may be left out for a workload that is written down in a plain file',
    ),
  object: z
    .strictObject({ kind: oneLine(63), name: oneLine(253) })
    .optional()
    .describe('Which object, in a file of several'),
  path: oneLine(512).describe(
    'Field as in plans: spec.replicas, spec.template.spec.containers[api].image',
  ),
  value: z
    .union([oneLine(2048), z.number(), z.boolean()])
    .describe('What it shall be'),
});

const input = z.strictObject({
  title: oneLine(200).describe('Title of the pull request and of its commit'),
  body: z
    .string()
    .max(4000)
    .optional()
    .describe('What reviewers should know besides the request'),
  changes: z
    .array(change)
    .min(1)
    .max(20)
    .describe('Single values of YAML files, each with what it shall be'),
});

/** The files as they are on the base now, and as they shall be. */
interface Worked {
  place: GitPlace;
  repository: JsonRecord;
  base: string;
  located: LocatedChange[];
  files: PlannedFile[];
  /** Whether something guards the base branch. */
  guarded: boolean;
}

/** Proposes a change where GitOps controllers read it. */
export function createOpenPullRequest(parts: OperationParts): Operation {
  const work = async (options: {
    target: OperationTarget;
    changes: z.infer<typeof input>['changes'];
    signal: AbortSignal;
  }): Promise<Worked> => {
    const { target, changes, signal } = options;
    const { access } = parts.plan;
    const place = findGitPlace(access, target);
    access.requireCredentials('github', place.source.id);
    const client = await parts.plan.github(place.source.id, signal);
    const head = await readBase(client, place);
    const files = new GitFiles({
      client,
      repository: place.repository,
      commit: head.baseCommit,
    });
    const located = await locateChanges({
      access,
      place,
      files,
      target,
      changes,
    });
    const planned = await planFiles(files, located);
    requireOwn(planned, target);
    return { place, located, files: planned, ...head };
  };

  return createOperation({
    name: 'open-pull-request',
    version: '1',
    title: 'Open a pull request',
    description:
      'Proposes new values for fields of YAML files in Git, as a pull request that people merge. The way for what Git manages: the request follows it until it is merged, synced and healthy.',
    class: 'application',
    capability: 'gitops-change',
    targetTypes: [
      'kubernetes-workload',
      'argocd-application',
      'github-repository',
    ],
    effects: [
      'Opens a pull request from a branch of its own',
      'Nothing changes in a cluster before people merge it',
    ],
    idempotent: true,
    input,
    examples: openPullRequestExamples,

    bind: async ({ input: { changes }, target, signal }) => {
      const { place, repository, base, files } = await work({
        target,
        changes,
        signal,
      });
      return {
        source: place.source.id,
        sourceKind: 'github',
        address: parts.plan.access.githubAddress(place.source),
        apiVersion: '2022-11-28',
        kind: 'Repository',
        namespace: place.repository.owner,
        name: place.repository.name,
        uid: uidOf(repository),
        fieldsHash: fieldsHash(base, files),
      };
    },

    plan: async ({ input: { changes }, binding, target, signal }) => {
      const worked = await work({ target, changes, signal });
      requireSame(binding, worked);
      return planPullRequest(worked);
    },

    estimate: async ({ input: { changes }, target, signal }) => {
      const { files } = await work({ target, changes, signal });
      return priceFiles(files, target, parts.prices);
    },

    execute: async ({
      input: wanted,
      binding,
      plan,
      requestId,
      requester,
      signal,
    }) => {
      const repository = repositoryOf(binding);
      const base = plan.bound!.base;
      const { pair, baseCommit, files } = await beforeWriting(async () => {
        const found = await parts.write.github(binding.source, signal);
        const { client } = found;
        const live = await client.repository(repository);
        const head = await client.headOf(repository, base);
        if (uidOf(live) !== binding.uid || head === undefined) {
          throw targetChanged(
            `${slugOf(repository)} is another repository than the one that was approved, or has no branch ${base} any more`,
          );
        }
        const located = relocate(wanted.changes, plan);
        located.forEach(({ file }) =>
          requireGranted(
            parts.plan.access,
            { source: parts.plan.access.github(binding.source), repository },
            file,
          ),
        );
        const planned = await planFiles(
          new GitFiles({ client, repository, commit: head }),
          located,
        );
        if (fieldsHash(base, planned) !== binding.fieldsHash) {
          throw targetChanged(
            `Somebody changed ${planned.map(({ file }) => file.path).join(', ')} on ${base} since it was approved`,
          );
        }
        return { pair: found, baseCommit: head, files: planned };
      });
      const opened = await writePullRequest({
        pair,
        wanted: {
          repository,
          base,
          baseCommit,
          branch: `causeway/${requestId}`,
          files,
          ...describePullRequest({
            input: wanted,
            plan,
            requestId,
            requester,
            portal: parts.portal,
          }),
        },
        pause: parts.pause,
        signal,
      });
      return {
        message: `Opened pull request #${opened.number}: ${opened.url}`,
        left: {
          number: opened.number,
          url: opened.url,
          branch: opened.branch,
          commit: opened.head,
        },
      };
    },

    verify: step => followPullRequest({ parts, ...step }),

    rollback: step => closePullRequest({ parts, ...step }),
  });
}

async function readBase(
  client: GithubPlanClient,
  { repository: address, revision }: GitPlace,
) {
  const shown = slugOf(address);
  const repository = await client.repository(address).catch(error => {
    throw error?.status === 404 ? noSuchTarget(`Repository ${shown}`) : error;
  });
  if (repository.archived === true) {
    throw new OperationRefusal({
      code: 'archived',
      reason: `${shown} is archived: nothing can be changed in it`,
      hint: 'Point the application to the repository that took its place',
    });
  }
  const base = revision ?? text(repository.default_branch, 255) ?? '';
  const baseCommit = await client.headOf(address, base);
  if (baseCommit === undefined) {
    throw new OperationRefusal({
      code: 'not-a-branch',
      reason: `${base || 'What is deployed'} is no branch of ${shown}: a pull request would not reach what is deployed`,
      hint: 'Change the revision that the application follows instead',
    });
  }
  const { protected: guarded } = await client.branch(address, base);
  return { repository, base, baseCommit, guarded: guarded === true };
}

/** Of GitHub: one that is deleted and made again under its name has another. */
function uidOf({ id }: JsonRecord): string {
  return String(integer(id) ?? '');
}

/**
 * What the plan read: the files, by what is in them. Commits of others to the
 * same branch make no difference, for hundreds share the branch of a GitOps
 * repository; the branch of the pull request begins where it then is.
 */
function fieldsHash(base: string, files: readonly PlannedFile[]): string {
  return hashCanonical({
    base,
    files: Object.fromEntries(
      files.map(({ file: { path, sha, mode } }) => [path, `${mode} ${sha}`]),
    ),
  });
}

function requireSame(
  binding: { uid: string; fieldsHash: string; name: string },
  { repository, base, files }: Worked,
): void {
  if (
    uidOf(repository) !== binding.uid ||
    fieldsHash(base, files) !== binding.fieldsHash
  ) {
    throw targetChanged(`What is changed in ${binding.name} changed meanwhile`);
  }
}
