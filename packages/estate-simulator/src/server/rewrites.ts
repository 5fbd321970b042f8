/*
 * Ways in which an answer can be wrong although it arrives: applied to the
 * real answer, so that everything else of it is as the API would say it.
 */

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a list holds, and how to say that it holds something else. */
interface ListPart {
  items: Json[];
  replace(items: unknown[]): void;
}

/** The lists in an answer: `items` of Kubernetes and Argo CD, connections of GraphQL. */
function listsOf(body: unknown): ListPart[] {
  if (!isObject(body)) {
    return [];
  }
  if (Array.isArray(body.items)) {
    return [
      { items: body.items, replace: items => Object.assign(body, { items }) },
    ];
  }
  const organization = isObject(body.data) ? body.data.organization : undefined;
  return Object.values(isObject(organization) ? organization : {}).flatMap(
    connection =>
      isObject(connection) && Array.isArray(connection.nodes)
        ? [
            {
              items: connection.nodes,
              replace: (nodes: unknown[]) =>
                Object.assign(connection, { nodes }),
            },
          ]
        : [],
  );
}

/** Stands for a text that JSON.stringify could not write. */
const placeholder = '\u0001deep\u0001';

/** Replaces the first item of each list; what changed has a version of its own. */
function first(change: (item: Json) => Json): (body: unknown) => unknown {
  return body => {
    for (const { items, replace } of listsOf(body)) {
      replace(
        items.map((item, at) => {
          const changed = at === 0 ? change(item) : item;
          return at === 0 && isObject(changed.metadata)
            ? {
                ...changed,
                metadata: {
                  ...changed.metadata,
                  resourceVersion: `${changed.metadata.resourceVersion}9`,
                },
              }
            : changed;
        }),
      );
    }
    return body;
  };
}

/** Puts a value where a name, a label and a description belong. */
function withText(item: Json, text: unknown): Json {
  return {
    ...item,
    ...('description' in item && { description: text }),
    ...(isObject(item.metadata) && {
      metadata: {
        ...item.metadata,
        labels: { app: text },
        annotations: { 'causeway.dev/owner': text },
      },
    }),
  };
}

const rewriters = {
  /** No item is left; what counts them agrees. */
  empty: (body: unknown) => {
    for (const { replace } of listsOf(body)) {
      replace([]);
    }
    return recount(body);
  },
  /** The second half of the items is gone; what counts them agrees. */
  half: (body: unknown) => {
    for (const { items, replace } of listsOf(body)) {
      replace(items.slice(0, Math.floor(items.length / 2)));
    }
    return recount(body);
  },
  /** The first item does not say its name. */
  nameless: first(item => ({
    ...item,
    ...('name' in item && { name: undefined }),
    ...('slug' in item && { slug: undefined }),
    ...(isObject(item.metadata) && {
      metadata: { ...item.metadata, name: undefined },
    }),
  })),
  /** The first item has numbers, lists and texts where objects belong. */
  'wrong-types': first(item => ({
    ...Object.fromEntries(
      Object.entries(item).map(([key, value]) => [
        key,
        isObject(value) && key !== 'metadata' ? [7] : value,
      ]),
    ),
    ...(typeof item.name === 'string' && { url: { no: 'text' }, topics: 7 }),
  })),
  /** The first item holds a text of four megabytes. */
  'absurd-size': first(item => withText(item, 'x'.repeat(4 * 1024 * 1024))),
  /** The first item holds a value that is nested 20,000 deep. */
  'deep-nesting': first(item => withText(item, placeholder)),
  /** The text ends in the middle, with a length that says so. */
  cut: (body: unknown) => body,
};

/** What totals of GraphQL say follows what is there. */
function recount(body: unknown): unknown {
  const organization =
    isObject(body) && isObject(body.data) ? body.data.organization : undefined;
  for (const connection of Object.values(
    isObject(organization) ? organization : {},
  )) {
    if (isObject(connection) && Array.isArray(connection.nodes)) {
      connection.totalCount = connection.nodes.length;
      connection.pageInfo = { hasNextPage: false };
    }
  }
  return body;
}

/**
 * Names of the ways in which a list's answer can be made wrong.
 *
 * @public
 */
export type RewriteName = keyof typeof rewriters;

/** The names, for messages. */
export const rewriteNames = Object.keys(rewriters) as RewriteName[];

/** The text of an answer, made wrong; what is no JSON stays as it is. */
export function rewriteAnswer(name: RewriteName, text: string): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return text;
  }
  const wrong = JSON.stringify(rewriters[name](body));
  if (name === 'cut') {
    return wrong.slice(0, Math.floor(wrong.length / 2));
  }
  return wrong.replaceAll(
    JSON.stringify(placeholder),
    () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  );
}
