import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { CatalogModelLayer } from '@backstage/catalog-model/alpha';
import { SchemaSource, Settings } from '../config/Settings';
import { decode } from '../document/decode';
import { isMapping } from '../document/CatalogDocument';
import { parseData } from '../document/parseData';
import { readBounded } from '../input/readBounded';
import { CatalogKind, CatalogKinds, JsonSchema } from './CatalogKinds';
import { coreKinds } from './core';
import { SchemaValidator } from './SchemaValidator';

const maxBytes = 5 * 1024 * 1024;

/** Kinds and annotations of a run. */
export interface LoadedModel {
  kinds: CatalogKinds;
  /** Annotations that layers declare. */
  annotations: string[];
}

/** Backstage's kinds, and those of the layers and schemas that the configuration names. */
export function loadModel(
  settings: Pick<Settings, 'kinds' | 'folder'>,
): LoadedModel {
  const { layers, schemas } = settings.kinds;
  const own = schemas.flatMap(source => readSchema(source, settings.folder));
  const core = coreKinds();
  if (layers.length === 0) {
    return { kinds: new CatalogKinds([...core, ...own]), annotations: [] };
  }
  const compiled = compileLayers(layers, settings.folder);
  // What a layer leaves as Backstage has it keeps the narrower reference fields.
  const layered = compiled.kinds.map(kind => {
    const same = core.find(
      one =>
        one.kind === kind.kind &&
        one.apiVersion === kind.apiVersion &&
        one.specType === kind.specType,
    );
    return same && sameFields(same, kind)
      ? { ...kind, relationFields: same.relationFields }
      : kind;
  });
  return {
    kinds: new CatalogKinds([...layered, ...own]),
    annotations: compiled.annotations,
  };
}

function sameFields(a: CatalogKind, b: CatalogKind): boolean {
  const paths = (kind: CatalogKind) =>
    kind.relationFields.map(({ path, relation }) => `${path} ${relation}`);
  return paths(a).join() === paths(b).join();
}

function readSchema(source: SchemaSource, folder: string): CatalogKind[] {
  const path = resolve(folder, source.file);
  const read = readBounded(path, maxBytes);
  const text = read.bytes && decode(read.bytes).text;
  if (text === undefined) {
    throw new InputError(
      `The schema ${source.file} cannot be read: ${read.rule ? read.message : 'it is not UTF-8 text'}`,
    );
  }
  const schema = parseData(text, source.file);
  if (!isMapping(schema)) {
    throw new InputError(`The schema ${source.file} is not a mapping`);
  }
  try {
    new SchemaValidator().compile(schema);
  } catch (error) {
    throw new InputError(
      `The schema ${source.file} is not a valid JSON schema: ${(error as Error).message}`,
    );
  }
  const kinds = allowedValues(schema, 'kind');
  const versions = allowedValues(schema, 'apiVersion');
  if (kinds.length === 0 || versions.length === 0) {
    throw new InputError(
      `The schema ${source.file} must say which kind and which apiVersion it is for: give properties.kind and properties.apiVersion a const or an enum`,
    );
  }
  const relationFields = source.references.map(reference => ({
    path: reference.path,
    relation: reference.relation ?? 'refersTo',
    defaultKind: reference.defaultKind ?? onlyOne(reference.kinds),
    allowedKinds: reference.kinds,
  }));
  return kinds.flatMap(kind =>
    versions.map(apiVersion => ({
      kind,
      apiVersion,
      description: String(schema.description ?? kind),
      relationFields,
      jsonSchema: schema,
    })),
  );
}

function onlyOne(kinds: readonly string[] | undefined): string | undefined {
  return kinds?.length === 1 ? kinds[0] : undefined;
}

/** Values that a schema allows at a root property, also where that stands in an `allOf`. */
function allowedValues(schema: JsonSchema, property: string): string[] {
  const parts = [
    schema,
    ...(Array.isArray(schema.allOf) ? schema.allOf : []),
  ].filter(isMapping);
  for (const { properties } of parts) {
    const declared = isMapping(properties) ? properties[property] : undefined;
    if (isMapping(declared)) {
      return [declared.const, declared.enum]
        .flat()
        .filter(value => typeof value === 'string');
    }
  }
  return [];
}

function compileLayers(
  sources: readonly string[],
  folder: string,
): { kinds: CatalogKind[]; annotations: string[] } {
  // Loaded here: it takes 240 ms, and most catalogs have no layers of their own.
  const alpha =
    require('@backstage/catalog-model/alpha') as typeof import('@backstage/catalog-model/alpha');
  const core = [
    alpha.defaultCatalogEntityModel,
    alpha.aiResourceEntityModel,
    alpha.mcpServerApiEntityModel,
  ];
  const own = sources.flatMap(source => importLayers(source, folder));
  try {
    const model = alpha.compileCatalogModel([...core, ...own]);
    const kinds = model.listKinds().flatMap(({ names, versions }) =>
      versions.map(({ apiVersion, specType }): CatalogKind => {
        const spec = specType === undefined ? undefined : { type: specType };
        const found = model.getKind({ kind: names.kind, apiVersion, spec })!;
        return {
          kind: names.kind,
          apiVersion,
          specType,
          description: found.description,
          relationFields: found.relationFields,
          jsonSchema: found.jsonSchema as JsonSchema,
        };
      }),
    );
    // Templates come from a layer of the scaffolder, which is not loaded here.
    const missing = coreKinds().filter(
      kind => !kinds.some(one => one.kind === kind.kind),
    );
    return {
      kinds: [...kinds, ...missing],
      annotations: model.getMetadata().annotations.map(({ name }) => name),
    };
  } catch (error) {
    throw new InputError(
      `The catalog model layers do not fit together: ${(error as Error).message}`,
    );
  }
}

function importLayers(source: string, folder: string): CatalogModelLayer[] {
  let exported: Record<string, unknown>;
  try {
    exported = createRequire(join(folder, 'causeway.yaml'))(source);
  } catch (error) {
    throw new InputError(
      `The model layer ${source} cannot be loaded: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const layers = [exported, ...Object.values(exported)].filter(
    (value): value is CatalogModelLayer =>
      isMapping(value) &&
      String(value.$$type).startsWith('@backstage/CatalogModelLayer'),
  );
  if (layers.length === 0) {
    throw new InputError(
      `The module ${source} exports no catalog model layer (createCatalogModelLayer of @backstage/catalog-model/alpha)`,
    );
  }
  return layers;
}
