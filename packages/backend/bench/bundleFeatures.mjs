import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/**
 * Our plugins as one file of plain JavaScript, as a build would give them: a
 * production backend translates no TypeScript. Answers with the file's path.
 */
export async function bundleFeatures() {
  // eslint-disable-next-line @backstage/no-undeclared-imports -- the CLI builds with it
  const { build } = require('esbuild');
  const folder = fileURLToPath(
    new URL('../node_modules/.cache/causeway-bench/', import.meta.url),
  );
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}features-${process.pid}.cjs`;
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({
    stdin: {
      contents: `
        export { default as causeway } from '@causeway/backstage-plugin-causeway-backend';
        export { default as catalogModule } from '@causeway/backstage-plugin-catalog-backend-module-causeway';
      `,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    plugins: [
      {
        name: 'ours-only',
        setup(hooks) {
          hooks.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@causeway/')
              ? undefined
              : { external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
