import type { Plan } from '@causeway/backstage-plugin-causeway-common';

/** Title, text and commit message of a pull request. */
export function describePullRequest(options: {
  input: { title: string; body?: string };
  plan: Plan;
  requestId: string;
  requester: string;
  /** Address of the portal. */
  portal: string | undefined;
}): { title: string; body: string; commitMessage: string } {
  const { input, plan, requestId, requester, portal } = options;
  const link = portal ? `${portal}/approvals/${requestId}` : requestId;
  const rows = plan.changes.map(
    ({ path, label, before, after }) =>
      `| ${[label.replace(/^.* in /, ''), path, shown(before), shown(after)].join(' | ')} |`,
  );
  return {
    title: input.title,
    body: [
      ...(input.body ? [input.body, ''] : []),
      '| file | field | before | after |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
      `Asked for by ${requester} and approved: ${link}`,
      '',
      'Push nothing to this branch: what is merged has to be what was approved.',
    ].join('\n'),
    commitMessage: [
      input.title,
      '',
      `Causeway-Request: ${link}`,
      `Co-authored-by: ${coAuthor(requester)}`,
    ].join('\n'),
  };
}

/** An address that nobody has: a catalog's names are none of GitHub's, and mail addresses are not for a public history. */
function coAuthor(requester: string): string {
  const name = requester.split('/').at(-1)!.replace(/[<>]/g, '');
  const local = name.replace(/[^\w.-]+/g, '-');
  return `${name} <${local}@users.noreply.causeway.invalid>`;
}

/** In a cell of a table: no bars, no line ends, no code that ends early. */
function shown(value: unknown): string {
  return value === undefined
    ? ''
    : `\`${JSON.stringify(value).replace(/[`|]/g, ' ')}\``;
}
