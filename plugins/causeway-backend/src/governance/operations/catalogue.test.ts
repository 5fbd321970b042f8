import { findPaths } from '@backstage/cli-common';
import { ConfigReader } from '@backstage/config';
import { builtInOperations } from '@causeway/backstage-plugin-causeway-common/policy';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createBuiltInOperations,
  createOperationParts,
  createOperationsOf,
} from './createBuiltInOperations';
import { OperationRegistry } from './OperationRegistry';
import type { OperationParts } from './shared/OperationParts';

// eslint-disable-next-line no-restricted-syntax -- a test runs from its source
const here = __dirname;
const { ownRoot } = findPaths(here);
const config = new ConfigReader({});
const page = readFileSync(
  join(ownRoot, 'docs/governance/operations.md'),
  'utf8',
);

/** Attributes and the example of the page's section of an operation. */
function documented(name: string) {
  const section = page
    .split(/^## /m)
    .find(part => part.startsWith(`\`${name}\``));
  const rows = [...(section ?? '').matchAll(/^\| (\w+) +\| (.+?) +\|$/gm)];
  return {
    section,
    attributes: Object.fromEntries(rows.map(([, key, value]) => [key, value])),
    input: /```json\n([^`]+)```/.exec(section ?? '')?.[1],
  };
}

describe('built-in operations', () => {
  const registry = new OperationRegistry();
  createBuiltInOperations({ config }).forEach(operation =>
    registry.register(operation),
  );
  const names = registry.describe().map(({ name }) => name);

  it('are those that policies are checked with where no gate runs', () => {
    expect(
      Object.fromEntries(
        registry.describe().map(({ name, capability }) => [name, capability]),
      ),
    ).toEqual(builtInOperations);
  });

  it('are these', () => {
    expect(names).toEqual([
      'dispatch-workflow',
      'open-pull-request',
      'refresh-application',
      'restart-workload',
      'rollback-application',
      'run-template',
      'scale-workload',
      'set-resource-requests',
      'sync-application',
    ]);
  });

  describe.each(names)('%s', name => {
    const operation = registry.get(name);
    const description = registry.describe().find(one => one.name === name)!;
    const file = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const folder = [
      'argocd',
      'github',
      'kargo',
      'kubernetes',
      'scaffolder',
    ].find(one => existsSync(join(here, one, `${file}.ts`)))!;

    it('has code, a test, examples and a section of the docs', () => {
      for (const suffix of ['.ts', '.test.ts', '.examples.ts']) {
        expect(existsSync(join(here, folder, `${file}${suffix}`))).toBe(true);
      }
      expect(description.examples.length).toBeGreaterThan(0);
      expect(documented(name).section).toBeDefined();
    });

    it('is documented as it is declared', () => {
      const { attributes, input, section } = documented(name);
      expect(attributes).toEqual({
        attribute: 'value',
        class: `\`${description.class}\``,
        capability: `\`${description.capability}\``,
        targets: description.targetTypes.map(type => `\`${type}\``).join(', '),
        idempotent: description.idempotent ? 'yes' : 'no',
        reversible: description.reversible ? 'yes' : 'no',
      });
      expect(operation.input.safeParse(JSON.parse(input!)).success).toBe(true);
      for (const field of Object.keys(operation.input.shape)) {
        expect(section).toMatch(new RegExp(`\\b${field}\\b`));
      }
    });

    it('has a tight schema that says what its fields are', () => {
      expect(description.inputSchema).toMatchObject({
        type: 'object',
        additionalProperties: false,
      });
      for (const field of Object.values(
        (description.inputSchema.properties ?? {}) as Record<string, any>,
      )) {
        expect(field.description).toEqual(expect.any(String));
      }
    });

    it('says which refusals there are', () => {
      const code = readFileSync(join(here, folder, `${file}.ts`), 'utf8');
      const codes = [...code.matchAll(/code: '([a-z-]+)'/g)].map(
        ([, found]) => found,
      );
      for (const found of codes) {
        expect(documented(name).section).toContain(`\`${found}\``);
      }
    });
  });

  it('never reach for write clients but to execute and roll back', async () => {
    const reached: string[] = [];
    const parts: OperationParts = {
      ...createOperationParts({ config }),
      write: new Proxy({} as OperationParts['write'], {
        get: (_, property) => {
          reached.push(String(property));
          throw new Error('a write client');
        },
      }),
    };
    const step: any = {
      signal: new AbortController().signal,
      target: { facts: {}, observed: {} },
      binding: { source: 'a', kind: 'Deployment', namespace: 'b', name: 'c' },
      plan: { changes: [{}], quantities: [{}], bound: {} },
      input: {},
      written: { left: {} },
    };
    for (const operation of createOperationsOf(parts)) {
      for (const part of ['bind', 'plan', 'estimate', 'verify'] as const) {
        await Promise.resolve()
          .then((): Promise<unknown> => operation[part](step))
          .catch(() => {});
      }
    }
    expect(reached).toEqual([]);
  });
});
