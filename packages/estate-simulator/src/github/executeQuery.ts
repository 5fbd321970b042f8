import {
  execute,
  getOperationAST,
  GraphQLError,
  GraphQLFieldResolver,
  parse,
  validate,
} from 'graphql';
import { GitHubAccess } from './access';
import { githubError } from './connection';
import { GitHubModel } from './GitHubModel';
import { GraphContext } from './nodes/GraphContext';
import { rootNode } from './nodes/rootNode';
import { MAX_NODES, queryCost } from './queryCost';
import { RateLimitState } from './RateLimits';
import { githubSchema } from './schema';

/** A GraphQL request. */
export interface GraphqlRequest {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

/** A GraphQL answer in GitHub's form. */
export interface GraphqlAnswer {
  body: { data?: unknown; errors?: object[] };
  rateLimit: RateLimitState;
}

// A field that no node carries is said to be missing, rather than null: a
// query must not read the simulator's ignorance as GitHub's answer.
const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  args,
  context,
  info,
) => {
  const node = source as Record<string, unknown>;
  if (!(info.fieldName in node)) {
    throw new GraphQLError(
      `The simulated GitHub does not model ${info.parentType.name}.${info.fieldName}`,
    );
  }
  const value = node[info.fieldName];
  return typeof value === 'function'
    ? value.call(node, args, context, info)
    : value;
};

/** Runs a query over GitHub's schema, charges for it and keeps its limits. */
export async function executeQuery(options: {
  model: GitHubModel;
  access: GitHubAccess;
  request: GraphqlRequest;
}): Promise<GraphqlAnswer> {
  const { model, access, request } = options;
  const { rateLimits } = model;
  const free = () => rateLimits.take(access.token, 'graphql', 0);
  const refuse = (...errors: GraphQLError[]): GraphqlAnswer => ({
    body: { errors: errors.map(formatError) },
    rateLimit: free(),
  });

  if (free().remaining === 0) {
    return refuse(
      githubError(
        'RATE_LIMITED',
        `API rate limit exceeded for user ID ${access.login}.`,
      ),
    );
  }
  if (typeof request.query !== 'string') {
    return refuse(
      new GraphQLError(
        'A query attribute must be specified and must be a string.',
      ),
    );
  }
  let document;
  try {
    document = parse(request.query);
  } catch (error) {
    return refuse(error as GraphQLError);
  }
  const invalid = validate(githubSchema(), document);
  if (invalid.length > 0) {
    return refuse(...invalid);
  }
  const operation = getOperationAST(
    document,
    typeof request.operationName === 'string'
      ? request.operationName
      : undefined,
  );
  if (!operation) {
    return refuse(
      new GraphQLError(
        'An operation name is required when a query has several operations.',
      ),
    );
  }
  if (operation.operation !== 'query') {
    return refuse(
      githubError(
        'FORBIDDEN',
        'The simulated GitHub takes writes by REST alone.',
      ),
    );
  }
  const variables = (request.variables ?? {}) as Record<string, unknown>;
  const cost = queryCost(document, operation, variables);
  if (cost.nodes > MAX_NODES) {
    return refuse(
      githubError(
        'MAX_NODE_LIMIT_EXCEEDED',
        `This query requests up to ${cost.nodes.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of ${MAX_NODES.toLocaleString('en-US')}.`,
      ),
    );
  }

  const rateLimit = rateLimits.take(access.token, 'graphql', cost.points);
  const context: GraphContext = {
    model,
    access,
    rateLimit: { ...rateLimit, cost: cost.points, nodeCount: cost.nodes },
  };
  const { data, errors } = await execute({
    schema: githubSchema(),
    document,
    operationName: operation.name?.value,
    rootValue: rootNode(context),
    contextValue: context,
    variableValues: variables,
    fieldResolver: resolveField,
  });
  return {
    body: {
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map(formatError) }),
    },
    rateLimit,
  };
}

function formatError(error: GraphQLError): object {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type !== undefined && { type }),
    ...(error.path && { path: error.path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(error.locations && { locations: error.locations }),
    message: error.message,
  };
}
