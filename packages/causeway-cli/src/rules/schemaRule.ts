import { isMapping, valueAt } from '../document/CatalogDocument';
import { SchemaProblem } from '../model/SchemaValidator';
import { likelySpelling } from '../model/spelling';
import { DocumentContext, Rule } from './rule';

/** Places whose form other rules look after. */
const elsewhere = new Set(['apiVersion', 'kind', 'metadata', 'metadata.name']);

/**
 * A rule over one type of problem that the kind's schema finds. A field that
 * is missing because it is misspelled is reported as the spelling mistake.
 */
export function schemaRule(options: {
  id: string;
  description: string;
  type: SchemaProblem['type'];
}): Rule {
  return {
    id: options.id,
    category: 'structure',
    description: options.description,
    severity: 'error',
    checkDocument(context, report) {
      for (const problem of context.schemaProblems()) {
        if (problem.type === options.type && !isElsewhere(problem, context)) {
          report({
            message: problem.message,
            at: { path: problem.path, part: 'value' },
          });
        }
      }
    },
  };
}

function isElsewhere(
  problem: SchemaProblem,
  context: DocumentContext,
): boolean {
  const place = problem.path.join('.');
  if (elsewhere.has(place)) {
    // A name of the wrong type is the schema's to report, its absence is not.
    return place !== 'metadata.name' || problem.type !== 'type';
  }
  return (
    problem.type === 'missing' && isMisspelled(problem, context) !== undefined
  );
}

/** The field that stands there in place of the one that is missing. */
function isMisspelled(
  problem: SchemaProblem,
  { entity, kind }: DocumentContext,
): string | undefined {
  const parent = valueAt(entity, problem.path.slice(0, -1));
  if (!isMapping(parent)) {
    return undefined;
  }
  const known = knownFields(kind.found?.jsonSchema, problem.path.slice(0, -1));
  return Object.keys(parent).find(
    field =>
      !known?.includes(field) &&
      likelySpelling(field, known ?? [problem.field!]) === problem.field,
  );
}

/** The part of a schema that a path leads to. */
export function schemaAt(
  schema: unknown,
  path: readonly (string | number)[],
): Record<string, unknown> | undefined {
  let current: unknown = schema;
  for (const step of path) {
    if (!isMapping(current)) {
      return undefined;
    }
    if (typeof step === 'number' || /^\d+$/.test(step)) {
      current = current.items;
    } else {
      current = isMapping(current.properties)
        ? current.properties[step]
        : undefined;
    }
  }
  return isMapping(current) ? current : undefined;
}

/** Fields that a schema declares at a path. */
export function knownFields(
  schema: unknown,
  path: readonly (string | number)[],
): string[] | undefined {
  const found = schemaAt(schema, path);
  return isMapping(found?.properties)
    ? Object.keys(found.properties)
    : undefined;
}
