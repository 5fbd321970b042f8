// Writes src/model/core-kinds.json: the kinds of Backstage's catalog model, as its own
// packages compile them. Loading those packages takes 240 ms, reading this takes
// two; src/model/core.test.ts fails when the two differ.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

/** The compiled kinds and annotations of the layers that Backstage ships. */
export function compileCore() {
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
  const kinds = model.listKinds().flatMap(({ names, versions }) =>
    versions.map(({ apiVersion, specType }) => {
      const spec = specType ? { type: specType } : undefined;
      const found = model.getKind({ kind: names.kind, apiVersion, spec });
      return {
        kind: names.kind,
        apiVersion,
        specType,
        description: found.description,
        relationFields: found.relationFields,
        jsonSchema: found.jsonSchema,
      };
    }),
  );
  return { kinds, annotations: model.getMetadata().annotations };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    join(here, '..', 'src', 'model', 'core-kinds.json'),
    `${JSON.stringify(compileCore(), undefined, 1)}\n`,
  );
}
