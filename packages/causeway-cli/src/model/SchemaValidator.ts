import type Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import {
  DocumentPath,
  isMapping,
  RawEntity,
  valueAt,
} from '../document/CatalogDocument';
import { BoundedPatterns } from './BoundedPatterns';
import { CatalogKind, JsonSchema } from './CatalogKinds';

/** One place where an entity breaks its kind's schema. */
export interface SchemaProblem {
  type: 'missing' | 'type' | 'empty' | 'unknown' | 'value';
  /** Where: for a missing field, the field itself. */
  path: DocumentPath;
  message: string;
  /** Name of the field that is missing or not known. */
  field?: string;
}

/** Keywords that combine schemas: what they say follows from what is inside. */
const combining = new Set(['oneOf', 'anyOf', 'if', 'not', 'allOf']);

/** Validates entities against the schemas of their kinds, each compiled when it is first needed. */
export class SchemaValidator {
  readonly #compiled = new Map<JsonSchema, ValidateFunction>();
  readonly #patterns = new BoundedPatterns();
  #ajv: Ajv | undefined;

  /** Patterns that took too long, so that what they say of a value is open. */
  get givenUpPatterns(): readonly string[] {
    return this.#patterns.givenUp;
  }

  check(kind: CatalogKind, entity: RawEntity): SchemaProblem[] {
    return this.checkSchema(kind.jsonSchema, entity).filter(
      ({ path }) => !isBehindPlaceholder(entity, path),
    );
  }

  checkSchema(schema: JsonSchema, value: unknown): SchemaProblem[] {
    const validate = this.compile(schema);
    return validate(value) ? [] : toProblems(validate.errors ?? [], value);
  }

  /** Compiles a schema. Throws what is wrong with it. */
  compile(schema: JsonSchema): ValidateFunction {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      validate = this.#engine().compile(schema);
      this.#compiled.set(schema, validate);
    }
    return validate;
  }

  /** What keeps a value from being a JSON schema (draft 7), each with its place. */
  checkMetaSchema(
    schema: JsonSchema,
  ): { path: (string | number)[]; reason: string }[] {
    const engine = this.#engine();
    const { $schema: _, ...plain } = schema;
    if (engine.validateSchema(plain)) {
      return [];
    }
    // The first error is the innermost one; those behind it follow from it.
    const seen = new Set<string>();
    return (engine.errors ?? [])
      .filter(error => !combining.has(error.keyword))
      .map(error => ({
        path: parsePointer(error.instancePath),
        reason: metaReason(error),
      }))
      .filter(({ path }) => {
        const key = path.join('\0');
        return !seen.has(key) && seen.add(key);
      })
      .filter(({ path }) => !isBehindPlaceholder(schema, path))
      .slice(0, 5);
  }

  #engine(): Ajv {
    if (!this.#ajv) {
      // Loaded here, because a run that ends with a syntax error needs none.
      const { default: Engine } = require('ajv') as typeof import('ajv');
      this.#ajv = new Engine({
        allErrors: true,
        allowUnionTypes: true,
        strict: false,
        validateFormats: false,
        addUsedSchema: false,
        logger: false,
        code: {
          regExp: Object.assign(
            (pattern: string, flags: string) =>
              this.#patterns.compile(pattern, flags),
            // Only for schemas that are compiled into files, which these are not.
            { code: '' },
          ),
        },
      });
    }
    return this.#ajv;
  }
}

function toProblems(
  errors: readonly ErrorObject[],
  value: unknown,
): SchemaProblem[] {
  // Of alternatives, that none fits is said once, not each alternative's reason.
  const alternatives = errors
    .filter(error => error.keyword === 'oneOf' || error.keyword === 'anyOf')
    .map(error => `${error.schemaPath}/`);
  const problems = errors
    .filter(
      error =>
        !alternatives.some(prefix => error.schemaPath.startsWith(prefix)),
    )
    .map(error => toProblem(error, value));
  const seen = new Set<string>();
  return problems.filter(problem => {
    const key = `${problem.type}\0${problem.path.join('\0')}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether a value, or one that holds it, is a placeholder such as `$text`, which the catalog replaces first. */
function isBehindPlaceholder(root: unknown, path: DocumentPath): boolean {
  return path.some((_, at) => {
    const value = valueAt(root, path.slice(0, at + 1));
    const keys = isMapping(value) ? Object.keys(value) : [];
    return keys.length === 1 && keys[0].startsWith('$');
  });
}

function toProblem(error: ErrorObject, root: unknown): SchemaProblem {
  const path = parsePointer(error.instancePath);
  const name = path.length ? `"${path.join('.')}"` : 'The document';
  const value = valueAt(root, path);
  switch (error.keyword) {
    case 'required': {
      const field = String(error.params.missingProperty);
      return {
        type: 'missing',
        path: [...path, field],
        field,
        message: `"${[...path, field].join('.')}" is missing`,
      };
    }
    case 'additionalProperties': {
      const field = String(error.params.additionalProperty);
      return {
        type: 'unknown',
        path: [...path, field],
        field,
        message: `"${[...path, field].join('.')}" is not a field that the catalog allows there`,
      };
    }
    case 'type':
      return value === null || value === ''
        ? { type: 'empty', path, message: `${name} has no value` }
        : {
            type: 'type',
            path,
            message: `${name} must be ${typeName(error.params.type)}, not ${nameOf(value)}`,
          };
    case 'minLength':
      return value === ''
        ? { type: 'empty', path, message: `${name} has no value` }
        : { type: 'value', path, message: `${name} is too short` };
    case 'minItems':
      return {
        type: 'empty',
        path,
        message: `${name} needs at least ${error.params.limit} ${
          error.params.limit === 1 ? 'item' : 'items'
        }`,
      };
    case 'enum':
      return {
        type: 'value',
        path,
        message: `${name} must be one of ${(error.params.allowedValues as unknown[]).map(one => JSON.stringify(one)).join(', ')}`,
      };
    case 'const':
      return {
        type: 'value',
        path,
        message: `${name} must be ${JSON.stringify(error.params.allowedValue)}`,
      };
    default:
      return {
        type: 'value',
        path,
        message: combining.has(error.keyword)
          ? `${name} has none of the forms that are allowed`
          : `${name} ${error.message ?? 'is not valid'}`,
      };
  }
}

function metaReason(error: ErrorObject): string {
  if (error.keyword === 'enum') {
    return `it must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
  }
  return `it ${error.message ?? 'is not valid'}`;
}

function parsePointer(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function typeName(type: unknown): string {
  const names: Record<string, string> = {
    string: 'text',
    array: 'a list',
    object: 'a mapping',
    boolean: 'true or false',
    integer: 'a whole number',
    number: 'a number',
    null: 'null',
  };
  return [type]
    .flat()
    .map(one => names[String(one)] ?? String(one))
    .join(' or ');
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'object') {
    return 'a mapping';
  }
  const shown = JSON.stringify(value) ?? String(value);
  const short = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${short}`;
}
