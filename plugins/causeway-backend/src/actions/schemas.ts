import type { ActionsRegistryActionOptions } from '@backstage/backend-plugin-api/alpha';

/** The registry's own zod; a schema of any other version becomes empty without a word. */
export type ActionZod = Parameters<
  ActionsRegistryActionOptions<any, any>['schema']['input']
>[0];

/** Values of untrusted fields. */
const texts = (z: ActionZod) => z.record(z.string()).optional();

/** Fields of an entity in an answer. */
export const rowFields = (z: ActionZod) => ({
  type: z.string().optional(),
  owner: z.string().optional(),
  environment: z.string().optional(),
  lifecycle: z.string().optional(),
  health: z.string().optional(),
  sync: z.string().optional(),
  version: z.string().optional(),
  conditions: z.array(z.string()).optional(),
  successor: z.string().optional(),
  stale: z.string().optional(),
  untrusted: texts(z),
});

/** An entity in an answer. */
export const row = (z: ActionZod) =>
  z.object({ ref: z.string(), ...rowFields(z) });

/** A number of entities. */
export const count = (z: ActionZod) => ({
  count: z.number().describe('Entities that the caller may read'),
  atLeast: z.literal(true).optional().describe('Counting stopped at 5,000'),
});

const value = (z: ActionZod) =>
  z.union([z.boolean(), z.number(), z.string()]).optional();

/** A change in an answer. */
export const change = (z: ActionZod) =>
  z.object({
    at: z.string(),
    ref: z.string().optional(),
    what: z.string(),
    attribute: z.string().optional(),
    before: value(z),
    after: value(z),
    other: z.string().optional(),
    revision: z.string().optional(),
    by: z.string().optional(),
    untrusted: texts(z),
  });

/** A bounded whole number; some clients send it as text. */
export const whole = (z: ActionZod, least: number, most: number) =>
  z.coerce.number().int().min(least).max(most).optional();
