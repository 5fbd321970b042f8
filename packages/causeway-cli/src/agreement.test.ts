/**
 * The check agrees with the catalog: what the catalog refuses is an error here,
 * and what is reported as refused is refused there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  makeValidator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef as catalogParseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  aiResourceEntityV1alpha1Validator,
  isMarketplaceAiResourceEntity,
  isPluginAiResourceEntity,
  isRuleAiResourceEntity,
  isSkillAiResourceEntity,
  marketplaceAiResourceEntityV1alpha1Validator,
  mcpServerApiEntityValidator,
  pluginAiResourceEntityV1alpha1Validator,
  ruleAiResourceEntityV1alpha1Validator,
  skillAiResourceEntityV1alpha1Validator,
} from '@backstage/catalog-model/alpha';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { isMapping } from './document/CatalogDocument';
import core from './model/core-kinds.json';
import {
  isApiVersion,
  isKindName,
  isLabelValue,
  isName,
  isNamespace,
  isQualifiedKey,
  isTag,
} from './model/formats';
import { parseEntityRef } from './references/entityRef';
import { validateTree } from './testUtils';

/** Rules that say that the catalog refuses an entity. */
const refusing = new Set([
  ...['entity-envelope', 'kind-unknown', 'api-version-unknown'],
  ...['root-field-unknown', 'field-missing', 'field-type', 'field-empty'],
  ...['field-value', 'name-format', 'namespace-format', 'label-format'],
  ...['annotation-format', 'tag-format', 'link-format'],
]);

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Whether the catalog's own policies and validators take an entity. */
async function isAccepted(entity: Entity): Promise<boolean> {
  try {
    await policy.enforce(JSON.parse(JSON.stringify(entity)));
    const type = isMapping(entity.spec) ? entity.spec.type : undefined;
    const ai = [
      isSkillAiResourceEntity(entity) && skillAiResourceEntityV1alpha1Validator,
      isRuleAiResourceEntity(entity) && ruleAiResourceEntityV1alpha1Validator,
      isPluginAiResourceEntity(entity) &&
        pluginAiResourceEntityV1alpha1Validator,
      isMarketplaceAiResourceEntity(entity) &&
        marketplaceAiResourceEntityV1alpha1Validator,
    ].find(Boolean);
    const validators = [
      type === 'mcp-server' && entity.kind === 'API'
        ? mcpServerApiEntityValidator
        : apiEntityV1alpha1Validator,
      componentEntityV1alpha1Validator,
      resourceEntityV1alpha1Validator,
      groupEntityV1alpha1Validator,
      locationEntityV1alpha1Validator,
      userEntityV1alpha1Validator,
      systemEntityV1alpha1Validator,
      domainEntityV1alpha1Validator,
      templateEntityV1beta3Validator,
      ai || aiResourceEntityV1alpha1Validator,
    ];
    for (const validator of validators) {
      if (await validator.check(entity)) {
        return true;
      }
    }
    return false;
  } catch {
    return false;
  }
}

async function compare(entities: readonly unknown[]): Promise<number> {
  const files = Object.fromEntries(
    entities.map((entity, at) => [`e${at}.json`, JSON.stringify(entity)]),
  );
  const { findings, output } = await validateTree(files, [
    '--no-config',
    ...Object.keys(files),
  ]);
  expect(output.summary.unlisted).toBe(0);
  let refused = 0;
  for (const [at, entity] of entities.entries()) {
    const own = findings.filter(({ file }) => file === `e${at}.json`);
    const accepted = await isAccepted(entity as Entity);
    refused += accepted ? 0 : 1;
    const found = own.map(({ rule, message }) => `${rule}: ${message}`);
    // What the catalog refuses is an error here.
    expect({
      entity,
      found,
      error: own.some(({ severity }) => severity === 'error'),
    }).toEqual({ entity, found, error: accepted ? expect.any(Boolean) : true });
    // What is reported as refused is refused.
    const claims = found.filter(one => refusing.has(one.split(':')[0]));
    expect({ entity, claims }).toEqual({
      entity,
      claims: accepted ? [] : expect.any(Array),
    });
  }
  return refused;
}

function corpusEntities(): Entity[] {
  const folder = join(__dirname, '..', 'corpus');
  return readdirSync(folder)
    .filter(name => name.endsWith('.cases'))
    .flatMap(name =>
      readFileSync(join(folder, name), 'utf8')
        .split(/^(?:== |@@ ).*\n/m)
        .slice(1)
        .flatMap(text => {
          const documents = parseAllDocuments(text, { logLevel: 'error' });
          return Array.isArray(documents) ? documents : [];
        })
        .flatMap(document => {
          try {
            const value = document.errors.length ? null : document.toJS();
            // Placeholders are replaced before anything is validated.
            return isMapping(value) && !JSON.stringify(value).includes('"$')
              ? [JSON.parse(JSON.stringify(value))]
              : [];
          } catch {
            return [];
          }
        }),
    )
    .filter(value => value.kind && value.metadata);
}

describe('agreement with the catalog', () => {
  it('about every entity of the corpus', async () => {
    const entities = corpusEntities();
    expect(entities.length).toBeGreaterThan(200);
    expect(await compare(entities)).toBeGreaterThan(40);
  });

  it('about entities in which anything was changed', async () => {
    const originals = corpusEntities();
    const paths = [
      ...['apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.title'],
      ...['metadata.namespace', 'metadata.tags', 'metadata.tags.0', 'spec'],
      ...['metadata.labels', 'metadata.annotations', 'metadata.links'],
      ...['metadata.links.0', 'metadata.links.0.url', 'metadata.links.0.title'],
      ...['metadata.labels.a', 'metadata.annotations.b c', 'metadata.uid'],
      ...['spec.type', 'spec.owner', 'spec.lifecycle', 'spec.memberOf.0'],
      ...['spec.children', 'spec.steps', 'spec.steps.0', 'spec.definition'],
      ...['spec.dependsOn', 'spec.profile', 'spec.remotes', 'spec.targets.0'],
      ...['spec.system', 'spec.parameters', 'spec.presence', 'foreign'],
    ].map(path => path.split('.'));
    const value = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, '', ' ', 'a', 'a b', 'Ä', 0, 1),
      fc.constantFrom<unknown>(true, [], ['x'], [''], [null], {}, { a: 1 }),
      fc.constantFrom<unknown>('x'.repeat(64), 'https://a', 'mcp-server'),
      fc.string({ maxLength: 5 }),
    );
    const changed = fc
      .tuple(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.constantFrom(...paths), value), {
          minLength: 1,
          maxLength: 2,
        }),
      )
      .map(([entity, changes]) => {
        const copy = JSON.parse(JSON.stringify(entity));
        for (const [path, put] of changes) {
          let parent = copy;
          for (const step of path.slice(0, -1)) {
            if (typeof parent[step] !== 'object' || parent[step] === null) {
              parent[step] = {};
            }
            parent = parent[step];
          }
          parent[path[path.length - 1]] = structuredClone(put);
        }
        return JSON.parse(JSON.stringify(copy));
      });
    const property = fc.assert(
      fc.asyncProperty(
        fc.array(changed, { minLength: 200, maxLength: 200, size: 'max' }),
        async entities => (await compare(entities)) >= 0,
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 4), endOnFailure: true },
    );
    await expect(property).resolves.toBeUndefined();
  }, 300_000);

  it('about names, keys, tags and references', () => {
    const real = makeValidator();
    const text = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.stringMatching(/^[a-zA-Z0-9:/._+#-]{0,70}$/),
    );
    fc.assert(
      fc.property(text, one => {
        expect({
          name: isName(one),
          namespace: isNamespace(one),
          key: isQualifiedKey(one),
          label: isLabelValue(one),
          tag: isTag(one),
          kind: isKindName(one),
          version: isApiVersion(one),
        }).toEqual({
          name: real.isValidEntityName(one),
          namespace: real.isValidNamespace(one),
          key: real.isValidAnnotationKey(one),
          label: real.isValidLabelValue(one),
          tag: real.isValidTag(one),
          kind: real.isValidKind(one),
          version: real.isValidApiVersion(one),
        });
        for (const kind of [undefined, 'Group']) {
          const ours = parseEntityRef(one, { kind, namespace: 'ns' });
          let theirs;
          try {
            theirs = catalogParseEntityRef(one, {
              defaultKind: kind,
              defaultNamespace: 'ns',
            });
          } catch {
            theirs = undefined;
          }
          expect(ours.ref).toEqual(theirs);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('with a running catalog', async () => {
    const { server } = await startTestBackend({ features: [catalogPlugin] });
    const kinds = [
      'Component',
      'API',
      'Resource',
      'System',
      'Domain',
      'Group',
      'User',
    ];
    const entities = corpusEntities()
      .filter(
        ({ kind, apiVersion, spec }) =>
          // Those are known only where their modules are installed.
          kind !== 'AiResource' &&
          kind !== 'Template' &&
          kind !== 'Location' &&
          apiVersion !== undefined &&
          spec?.type !== 'mcp-server',
      )
      .filter(({ kind }) => kinds.includes(kind) || kind === 'Componet')
      .filter((_, at) => at % 3 === 0);
    const files = Object.fromEntries(
      entities.map((entity, at) => [`e${at}.json`, JSON.stringify(entity)]),
    );
    const { findings } = await validateTree(files, [
      '--no-config',
      ...Object.keys(files),
    ]);
    let refused = 0;
    const verdicts: {
      entity: Entity;
      status: number;
      claims: number;
      errors: number;
    }[] = [];
    for (const [at, entity] of entities.entries()) {
      const response = await fetch(
        `http://localhost:${server.port()}/api/catalog/validate-entity`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            entity,
            location: 'url:https://example.com/catalog-info.yaml',
          }),
        },
      );
      const own = findings.filter(({ file }) => file === `e${at}.json`);
      const claims = own.filter(({ rule }) => refusing.has(rule)).length;
      const errors = own.filter(({ severity }) => severity === 'error').length;
      const accepted = response.status === 200;
      refused += accepted ? 0 : 1;
      verdicts.push({ entity, status: response.status, claims, errors });
    }
    const disagreements = verdicts.filter(({ status, claims, errors }) =>
      status === 200 ? claims > 0 : status !== 400 || errors === 0,
    );
    expect(disagreements).toEqual([]);
    expect(entities.length).toBeGreaterThan(40);
    expect(refused).toBeGreaterThan(8);
  }, 60_000);
});

describe('the kinds that are kept here', () => {
  it('are those of the installed packages', async () => {
    // Built as scripts/model.mjs does; run it when this fails.
    const alpha = require('@backstage/catalog-model/alpha');
    const {
      scaffolderCatalogModelLayer,
    } = require('@backstage/plugin-scaffolder-common/alpha');
    const model = alpha.compileCatalogModel([
      alpha.defaultCatalogEntityModel,
      alpha.aiResourceEntityModel,
      alpha.mcpServerApiEntityModel,
      scaffolderCatalogModelLayer,
    ]);
    expect(core.annotations).toEqual(model.getMetadata().annotations);
    const versions = model.listKinds().flatMap((kind: any) =>
      kind.versions.map((version: any) => ({
        kind: kind.names.kind,
        ...version,
      })),
    );
    expect(core.kinds).toEqual(
      versions.map(({ kind, apiVersion, specType }: any) => {
        const found = model.getKind({
          kind,
          apiVersion,
          spec: specType && { type: specType },
        });
        const { description, relationFields, jsonSchema } = found;
        return JSON.parse(
          JSON.stringify({
            kind,
            apiVersion,
            specType,
            description,
            relationFields,
            jsonSchema,
          }),
        );
      }),
    );
  });
});
