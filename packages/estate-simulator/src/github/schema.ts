import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLSchema } from 'graphql';

let schema: GraphQLSchema | undefined;

/** GitHub's own GraphQL schema, parsed once a process. */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(schemaFile(), 'utf8'), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return schema;
}

// The package exports its text to ES modules only; this one is CommonJS.
function schemaFile(): string {
  const name = join('@octokit', 'graphql-schema', 'schema.graphql');
  const file = (require.resolve.paths('@octokit/graphql-schema') ?? [])
    .map(folder => join(folder, name))
    .find(existsSync);
  if (!file) {
    throw new Error(
      'GitHub’s GraphQL schema is missing: install @octokit/graphql-schema',
    );
  }
  return file;
}
