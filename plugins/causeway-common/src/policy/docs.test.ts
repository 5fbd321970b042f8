import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { functions } from './cel/functions';
import { variables } from './cel/variables';
import { isFields, isMap, type CelType } from './cel/types';
import { policySpec } from './PolicyDocument';
import { readPolicyFiles } from './readPolicyFiles';

const page = readFileSync(
  join(__dirname, '../../../../docs/governance/policy.md'),
  'utf8',
);

const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text]) => text,
);

/** Names of all fields of a schema. */
function fieldsOf(schema: z.ZodType): string[] {
  const definition = schema.def as unknown as {
    shape?: Record<string, z.ZodType>;
    innerType?: z.ZodType;
    element?: z.ZodType;
    out?: z.ZodType;
  };
  const inner = definition.innerType ?? definition.element ?? definition.out;
  return inner
    ? fieldsOf(inner)
    : Object.entries(definition.shape ?? {}).flatMap(([name, field]) => [
        name,
        ...fieldsOf(field),
      ]);
}

function fieldsOfType(type: CelType): string[] {
  if (isMap(type)) {
    return fieldsOfType(type.map);
  }
  return isFields(type)
    ? Object.entries(type.fields).flatMap(([name, field]) => [
        name,
        ...fieldsOfType(field),
      ])
    : [];
}

describe('docs/governance/policy.md', () => {
  it('shows a use of every field of the schema', () => {
    const shown = examples.join('\n');
    const missing = fieldsOf(policySpec).filter(
      name => !new RegExp(`\\b${name}:`).test(shown),
    );
    // `infrastructure` differs from the other classes in its name only.
    expect(missing.filter(name => name !== 'infrastructure')).toEqual([]);
  });

  it('names every variable with its fields, and every function', () => {
    const names = [
      ...Object.keys(variables),
      ...Object.values(variables).flatMap(fieldsOfType),
      ...Object.keys(functions).filter(name => /^[a-z]\w+$/i.test(name)),
    ];
    expect(
      names.filter(name => !new RegExp(`\\b${name}\\b`).test(page)),
    ).toEqual([]);
  });

  it.each(examples.map((text, at) => [at + 1, text] as const))(
    'shows a policy that can be used in example %i',
    (_, text) => {
      const whole = text.startsWith('apiVersion')
        ? text
        : `apiVersion: causeway.dev/v1\nkind: Policy\nmetadata: {name: p}\nspec:\n${text.replace(
            /^/gm,
            '  ',
          )}`;
      const { problems } = readPolicyFiles([{ file: 'p.yaml', text: whole }]);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
    },
  );
});
