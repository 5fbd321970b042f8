import { GraphQLError } from 'graphql';

/** Arguments of every connection. */
export interface ConnectionArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** Most records that GitHub gives of a connection at once. */
export const MAX_PAGE = 100;

const cursorOf = (index: number) =>
  Buffer.from(`cursor:v2:${index}`).toString('base64');

/** A GraphQL error with GitHub's `type` beside the message. */
export function githubError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function indexOf(cursor: string): number {
  const match = /^cursor:v2:(\d+)$/.exec(
    Buffer.from(cursor, 'base64').toString('utf8'),
  );
  if (!match) {
    throw githubError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor.`,
    );
  }
  return Number(match[1]);
}

/**
 * One page of a list as GitHub's connections give it, with its rules: `first`
 * or `last` must be there, and not exceed 100.
 */
export function connection<T>(
  name: string,
  items: readonly T[],
  args: ConnectionArguments,
  edgeFields: (item: T) => Record<string, unknown> = () => ({}),
  toNode: (item: T) => unknown = item => item,
) {
  const size = args.first ?? args.last;
  if (size === undefined || size === null) {
    throw githubError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  const which =
    args.first === undefined || args.first === null ? 'last' : 'first';
  if (size > MAX_PAGE) {
    throw githubError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of ${MAX_PAGE} records.`,
    );
  }
  if (size < 0) {
    throw githubError(
      'INVALID_PAGINATION_ARGUMENTS',
      `\`${which}\` on the \`${name}\` connection cannot be less than zero.`,
    );
  }
  const from = args.after ? indexOf(args.after) + 1 : 0;
  const to = args.before ? indexOf(args.before) : items.length;
  const start = which === 'first' ? from : Math.max(from, to - size);
  const end = which === 'first' ? Math.min(to, from + size) : to;
  const page = items.slice(start, end);
  return {
    totalCount: items.length,
    nodes: () => page.map(toNode),
    edges: () =>
      page.map((item, offset) => ({
        cursor: cursorOf(start + offset),
        node: toNode(item),
        ...edgeFields(item),
      })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length > 0 ? cursorOf(start) : null,
      endCursor: page.length > 0 ? cursorOf(end - 1) : null,
    },
  };
}
