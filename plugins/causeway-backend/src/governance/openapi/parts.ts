import { z } from 'zod';

/** Schema of one field of an answer, or of a query parameter. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const whole: Schema = { type: 'integer' };
export const flag: Schema = { type: 'boolean' };
export const list: Schema = { type: 'array' };
export const object: Schema = { type: 'object' };

/**
 * An answer of a type of the common package: its fields by name, those that may
 * be absent with a question mark. What is inside of them is described by the type.
 */
export function answer(
  type: string,
  fields: Record<string, Schema>,
  status = '200',
) {
  const names = Object.keys(fields);
  return {
    [status]: {
      description: `\`${type}\``,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: Object.fromEntries(
              names.map(name => [name.replace(/\?$/, ''), fields[name]]),
            ),
            required: names.filter(name => !name.endsWith('?')),
            additionalProperties: false,
          },
        },
      },
    },
  };
}

/** A list of a type of the common package. */
export function answers(type: string) {
  return {
    '200': {
      description: `A list of \`${type}\``,
      content: {
        'application/json': { schema: { type: 'array', items: object } },
      },
    },
  };
}

const error = (description: string) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: {
          error: {
            type: 'object',
            properties: { name: text, message: text },
            required: ['name', 'message'],
          },
        },
        required: ['error'],
      },
    },
  },
});

/** What every route may answer besides its answer. */
export const errors = {
  '400': error('The request is malformed; the message says where'),
  '401': error('The caller did not authenticate'),
  '403': error(
    'The caller may not do that; the message says how to do it right',
  ),
  '503': error('The gate cannot answer now'),
};

/** What routes about one thing answer where there is none, or none that the caller may see. */
export const missing = {
  '404': error('There is none that the caller may see'),
};

/** What routes that change something may answer besides. */
export const refused = {
  '409': error('It changed, or the same key was used for something else'),
  '422': error('What was sent holds a secret, or can never be done'),
  '429': error('Too many at a time'),
};

/** A query parameter. */
export function query(
  name: string,
  description: string,
  schema: Schema = { type: 'string', maxLength: 300 },
) {
  return {
    name,
    in: 'query',
    // References are full of `:` and `/`, and nobody encodes them by hand.
    allowReserved: true,
    description,
    schema,
  };
}

/** Id of a request in a path. */
export const requestId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};

/** A body that a schema describes. */
export function body(schema: z.ZodType, required = true) {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return {
    required,
    content: { 'application/json': { schema: json as Schema } },
  };
}
