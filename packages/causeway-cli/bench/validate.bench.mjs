// How fast `causeway catalog validate` is: the package as it is published, cold,
// over 10,000 descriptors in 10,000 files, and over a single one. In the same
// run, as the baseline, the catalog model's own validators over the same
// documents, parsed before.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCatalog } from './catalog.mjs';

const require = createRequire(import.meta.url);
const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const descriptors = 10_000;
const rounds = 3;

/** Builds the package and lays it out as npm would. */
function publish(folder) {
  const root = join(packageFolder, '../..');
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  // The build bundles type declarations too, which tsc has to write before.
  for (const [command, cwd] of [
    [[join(root, 'node_modules/typescript/bin/tsc'), '-p', root], root],
    [[cli, 'package', 'build'], packageFolder],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd,
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new Error(`The package cannot be built: ${stdout}${stderr}`);
    }
  }
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(packageFolder, part), join(folder, part), { recursive: true });
  }
}

/** Runs the command in a process of its own; gives seconds, megabytes at the peak, and what it printed. */
function measure(binary, args, cwd) {
  const report = join(cwd, '..', 'usage.json');
  const hook = join(cwd, '..', 'usage.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage())));`,
  );
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', hook, binary, 'catalog', 'validate', '--format', 'json', ...args],
    { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status === 2) {
    throw new Error(stderr);
  }
  const { maxRSS } = JSON.parse(readFileSync(report, 'utf8'));
  return { seconds, megabytes: maxRSS / 1024, output: JSON.parse(stdout) };
}

function best(measured) {
  return measured.reduce((a, b) => (a.seconds <= b.seconds ? a : b));
}

/** Seconds that the catalog model's own policies and validators take for parsed documents. */
async function baseline(documents) {
  const model = require('@backstage/catalog-model');
  const policy = model.EntityPolicies.allOf([
    new model.SchemaValidEntityPolicy(),
    new model.DefaultNamespaceEntityPolicy(),
    new model.NoForeignRootFieldsEntityPolicy(),
    new model.FieldFormatEntityPolicy(),
  ]);
  const validators = [
    model.apiEntityV1alpha1Validator,
    model.componentEntityV1alpha1Validator,
    model.resourceEntityV1alpha1Validator,
    model.groupEntityV1alpha1Validator,
    model.systemEntityV1alpha1Validator,
    model.domainEntityV1alpha1Validator,
  ];
  const begun = performance.now();
  for (const document of documents) {
    await policy.enforce(document);
    for (const validator of validators) {
      if (await validator.check(document)) {
        break;
      }
    }
  }
  return (performance.now() - begun) / 1000;
}

const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
// Below the package, so that its dependencies are found.
const published = join(packageFolder, 'node_modules', '.bench');
try {
  rmSync(published, { recursive: true, force: true });
  mkdirSync(published, { recursive: true });
  publish(published);
  const binary = join(published, 'bin', 'causeway');
  if (existsSync(join(published, 'src'))) {
    throw new Error('The published package must not hold its sources');
  }
  const large = join(folder, 'large');
  const small = join(folder, 'small');
  const texts = writeCatalog(large, descriptors);
  writeCatalog(small, 1);
  const many = best(
    Array.from({ length: rounds }, () =>
      measure(binary, ['--complete'], large),
    ),
  );
  const { summary } = many.output;
  if (summary.files !== descriptors || summary.errors !== 0) {
    throw new Error(
      `The bench's catalog is not what it should be: ${JSON.stringify(summary)}`,
    );
  }
  measure(binary, [], small);
  const one = best(Array.from({ length: 7 }, () => measure(binary, [], small)));
  const { parse } = require('yaml');
  const seconds = await baseline(texts.map(text => parse(text)));
  console.log(
    JSON.stringify({
      results: [
        {
          name: 'validate 10,000 descriptors in 10,000 files, cold',
          value: many.seconds,
          unit: 's',
          atMost: 4,
        },
        {
          name: 'validate 10,000 descriptors: memory at the peak',
          value: many.megabytes,
          unit: 'MB',
          atMost: 600,
        },
        {
          name: 'validate a single file, start-up included',
          value: one.seconds * 1000,
          unit: 'ms',
          atMost: 300,
        },
        {
          name: "baseline: the catalog model's validators alone, documents parsed before",
          value: seconds,
          unit: 's',
        },
        {
          name: 'validate 10,000 descriptors against the baseline',
          value: many.seconds / seconds,
          unit: 'times',
        },
      ],
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(published, { recursive: true, force: true });
}
