import {
  beforeWriting,
  NothingWritten,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import { record, text } from '../../../estate/sources/read';
import type {
  GithubWriteClient,
  RepositoryAddress,
} from '../clients/GithubClients';
import type { WritePair } from '../clients/WriteClients';
import type { Pause } from '../shared/Pause';
import type { PlannedFile } from './plannedFiles';
import { type PullRequestState, readPullRequest } from './pullRequestState';
import { GitFiles } from './readGitFile';
import { sendToGithub } from './sendToGithub';

/** What a pull request is opened with. */
export interface NewPullRequest {
  repository: RepositoryAddress;
  base: string;
  /** Head of the base that the files were read at. */
  baseCommit: string;
  /** Named after the request: a second attempt finds what the first one made. */
  branch: string;
  files: readonly PlannedFile[];
  commitMessage: string;
  title: string;
  body: string;
}

/** Opens it once, however often it is tried. Nothing shows in the repository before the branch does. */
export async function writePullRequest(options: {
  pair: WritePair<GithubWriteClient>;
  wanted: NewPullRequest;
  pause: Pause;
  signal: AbortSignal;
}): Promise<PullRequestState> {
  const { pair, wanted, pause, signal } = options;
  const { client } = pair;
  const { repository, base, branch } = wanted;
  const there = await beforeWriting(() => client.headOf(repository, branch));
  if (there === undefined) {
    const commit = await commitFiles(options);
    await sendToGithub({
      what: `Branch ${branch}`,
      send: async () => {
        await client.createBranch(repository, branch, commit);
        return commit;
      },
      find: () => pair.lookingBack().headOf(repository, branch),
      pause,
      signal,
    });
  } else {
    await requireOwn(client, wanted, there);
  }
  const find = async (from: GithubWriteClient) => {
    const found = (await from.pullsOf(repository, branch)).map(readPullRequest);
    return found.find(one => one.branch === branch);
  };
  const opened = there && (await beforeWriting(() => find(client)));
  if (opened) {
    return opened;
  }
  try {
    return await sendToGithub({
      what: `The pull request of ${branch}`,
      send: async () =>
        readPullRequest(
          await client.openPull(repository, {
            title: wanted.title,
            body: wanted.body,
            head: branch,
            base,
            maintainer_can_modify: false,
          }),
        ),
      find: () => find(pair.lookingBack()),
      pause,
      signal,
    });
  } catch (error) {
    if (!(error instanceof OutcomeUnknown)) {
      await removeBranch(pair, wanted, error);
    }
    throw error;
  }
}

/** A commit that no branch points to yet: as good as nothing. */
async function commitFiles({
  pair: { client },
  wanted,
}: {
  pair: WritePair<GithubWriteClient>;
  wanted: NewPullRequest;
}): Promise<string> {
  const { repository, baseCommit, files, commitMessage } = wanted;
  const unused = async (): Promise<undefined> => undefined;
  const once = (what: string, send: () => Promise<string | undefined>) =>
    sendToGithub({
      what,
      send,
      find: unused,
      pause: async () => {},
      signal: new AbortController().signal,
    });
  const parent = await beforeWriting(() =>
    client.commit(repository, baseCommit),
  );
  const tree = await once('The tree', async () =>
    text(
      (
        await client.createTree(repository, {
          base_tree: text(record(parent.tree)?.sha, 64) ?? '',
          tree: files.map(({ file, edited }) => ({
            path: file.path,
            mode: file.mode,
            type: 'blob',
            content: edited.text,
          })),
        })
      ).sha,
      64,
    ),
  );
  const commit = await once('The commit', async () =>
    text(
      (
        await client.createCommit(repository, {
          message: commitMessage,
          tree: tree ?? '',
          parents: [baseCommit],
        })
      ).sha,
      64,
    ),
  );
  if (!commit) {
    throw new NothingWritten('GitHub made no commit of the change');
  }
  return commit;
}

/** What an attempt before this one left has to be what is asked for. */
async function requireOwn(
  client: GithubWriteClient,
  { repository, branch, files }: NewPullRequest,
  commit: string,
): Promise<void> {
  const there = new GitFiles({ client, repository, commit });
  for (const { file, edited } of files) {
    const found = await there.read(file.path).catch(() => undefined);
    if (found?.text !== edited.text) {
      throw new OutcomeUnknown(
        `Branch ${branch} is there, and holds something else than what was approved: look who wrote it`,
      );
    }
  }
}

/** A branch without a pull request is of no use to anybody. */
async function removeBranch(
  { lookingBack }: WritePair<GithubWriteClient>,
  { repository, branch }: NewPullRequest,
  cause: unknown,
): Promise<void> {
  try {
    await lookingBack().deleteBranch(repository, branch);
  } catch {
    throw new OutcomeUnknown(
      `Branch ${branch} was written, but no pull request could be opened for it: ${cause instanceof Error ? cause.message : cause}. Open one by hand, or delete the branch`,
      cause,
    );
  }
}
