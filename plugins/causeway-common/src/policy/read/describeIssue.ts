import type { z } from 'zod';
import { likelySpelling } from '../likelySpelling';
import type { PolicyProblem } from './PolicyProblem';
import type { PolicySource } from './PolicySource';

type Issue = z.core.$ZodIssue;

/** What zod finds, in words, at its place. */
export function describeIssue(
  issue: Issue,
  source: PolicySource,
  schema: z.ZodType,
): PolicyProblem[] {
  const path = issue.path.map(part =>
    typeof part === 'number' ? part : String(part),
  );
  const field = String(path.at(-1) ?? 'The document');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeAt(schema, path) ?? {});
    return issue.keys.map(key => {
      const likely = likelySpelling(key, known);
      return source.problem({
        path,
        key,
        message: `There is no field "${key}" here`,
        hint: likely
          ? `${likely} is meant, perhaps.`
          : `There are ${known.join(', ')}.`,
      });
    });
  }
  const { message, hint } = explain(issue, field, valueAt(source.value, path));
  return [source.problem({ path, message, hint })];
}

const manual = 'docs/governance/policy.md describes every field.';

const words: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of fields',
};

function explain(
  issue: Issue,
  field: string,
  value: unknown,
): { message: string; hint: string } {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? { message: `${field} is missing`, hint: `Add ${field}. ${manual}` }
        : {
            message: `${field} is ${words[issue.expected] ?? issue.expected}, not ${describe(value)}`,
            hint: manual,
          };
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (values.length === 1) {
        return { message: issue.message, hint: `Write ${values[0]}.` };
      }
      const likely = likelySpelling(String(value), values);
      return {
        message: `${field} is ${values.join(', ')}, not ${describe(value)}`,
        hint: likely ? `${likely} is meant, perhaps.` : `Choose one of them.`,
      };
    }
    case 'too_small':
    case 'too_big': {
      const edge = issue.code === 'too_small' ? issue.minimum : issue.maximum;
      const word = issue.code === 'too_small' ? 'at least' : 'at most';
      const of: Record<string, string> = {
        array: ' entries',
        string: ' characters',
      };
      return {
        message: issue.message.startsWith('Too')
          ? `${field} is ${word} ${edge}${of[issue.origin] ?? ''}`
          : issue.message,
        hint: manual,
      };
    }
    default:
      return { message: issue.message, hint: manual };
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (value === null) {
    return 'empty';
  }
  return typeof value === 'object'
    ? 'a mapping of fields'
    : `"${String(value).slice(0, 80)}"`;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (one, part) =>
      (one as Record<string | number, unknown> | undefined)?.[part],
    value,
  );
}

/** Parts of a schema's definition that lead further down. */
interface Definition {
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  out?: z.ZodType;
}

/** Fields of the object at a path of a schema. */
function shapeAt(
  schema: z.ZodType,
  path: readonly (string | number)[],
): Record<string, z.ZodType> | undefined {
  let current: z.ZodType | undefined = schema;
  const rest = [...path];
  while (current) {
    const definition = current.def as unknown as Definition;
    if (definition.innerType ?? definition.out) {
      current = definition.innerType ?? definition.out;
    } else if (rest.length === 0) {
      return definition.shape;
    } else {
      const part = rest.shift()!;
      current =
        typeof part === 'number'
          ? definition.element
          : definition.shape?.[part];
    }
  }
  return undefined;
}
