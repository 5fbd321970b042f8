import type { Binding } from '@causeway/backstage-plugin-causeway-common';
import {
  beforeWriting,
  OperationRefusal,
  type Written,
} from '@causeway/backstage-plugin-causeway-node';
import { targetChanged } from '../clients/refusals';
import type { OperationParts } from '../shared/OperationParts';
import { repositoryOf } from './followPullRequest';
import { readPullRequest } from './pullRequestState';
import { sendToGithub } from './sendToGithub';

/** Closes what was not merged, and deletes its branch. */
export async function closePullRequest(options: {
  parts: OperationParts;
  binding: Binding;
  written: Written;
  signal: AbortSignal;
}): Promise<{ message: string }> {
  const { parts, binding, written, signal } = options;
  const { number, branch, commit } = written.left;
  const repository = repositoryOf(binding);
  const shown = `Pull request #${number}`;
  const { pair, pull } = await beforeWriting(async () => {
    const found = await parts.write.github(binding.source, signal);
    return {
      pair: found,
      pull: readPullRequest(
        await found.client.pull(repository, Number(number)),
      ),
    };
  });
  if (pull.merged) {
    throw new OperationRefusal({
      code: 'already-merged',
      reason: `${shown} was merged, and what was merged is not closed`,
      hint: 'Ask for the former values with another open-pull-request, or revert it in GitHub',
    });
  }
  if (pull.head !== commit) {
    throw targetChanged(
      `Somebody pushed to the branch of ${shown}: it is left to them`,
    );
  }
  if (pull.open) {
    await sendToGithub({
      what: `The end of ${shown}`,
      send: () => pair.client.closePull(repository, pull.number),
      find: async () => {
        const found = await pair.lookingBack().pull(repository, pull.number);
        return readPullRequest(found).open ? undefined : found;
      },
      pause: parts.pause,
      signal,
    });
  }
  try {
    await pair.client.deleteBranch(repository, String(branch));
    return { message: `Closed ${shown}, and deleted its branch` };
  } catch {
    return { message: `Closed ${shown}; its branch ${branch} is left` };
  }
}
