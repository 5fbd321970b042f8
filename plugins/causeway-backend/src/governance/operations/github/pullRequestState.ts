import {
  integer,
  type JsonRecord,
  record,
  text,
} from '../../../estate/sources/read';

/** The parts of a pull request that operations look at. */
export interface PullRequestState {
  number: number;
  url: string;
  open: boolean;
  merged: boolean;
  /** Commit at the head of its branch. */
  head: string;
  /** Branch that it comes from. */
  branch: string;
  /** Commit on its base that the merge made. */
  mergeCommit?: string;
}

export function readPullRequest(pull: JsonRecord): PullRequestState {
  const head = record(pull.head);
  const merged = pull.merged === true || typeof pull.merged_at === 'string';
  return {
    number: integer(pull.number) ?? 0,
    url: text(pull.html_url, 512) ?? '',
    open: pull.state === 'open',
    merged,
    head: text(head?.sha, 64) ?? '',
    branch: text(head?.ref, 255) ?? '',
    // Before the merge it is a commit that GitHub only tries.
    mergeCommit: merged ? text(pull.merge_commit_sha, 64) : undefined,
  };
}
