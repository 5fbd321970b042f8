// `npm run bench`: runs the benches of the packages (`bench/*.mjs`, or those
// that are named), each in a process of its own, and prints a table. With
// `--json FILE` the numbers go to a file as well, with `--docs` into
// docs/contributing/how-fast.md. Ends with 1 when a floor is missed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { Failure, run } from './lib/failure.mjs';
import { checkNode, ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

function findBenches() {
  return ['packages', 'plugins'].flatMap(group =>
    readdirSync(join(root, group)).flatMap(name => {
      const folder = join(root, group, name, 'bench');
      return existsSync(folder)
        ? readdirSync(folder)
            .filter(file => file.endsWith('.bench.mjs'))
            .map(file => join(folder, file))
        : [];
    }),
  );
}

/** A bench prints one JSON object: `{ results: [{ name, value, unit, atMost | atLeast }] }`. */
function runBench(file) {
  const { status, stdout } = spawnSync(process.execPath, [file], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Failure(`${relative(root, file)} ended with ${status}`);
  }
  return JSON.parse(stdout).results;
}

function isMissed({ value, atMost, atLeast }) {
  return (
    (atMost !== undefined && value > atMost) ||
    (atLeast !== undefined && value < atLeast)
  );
}

function toRow(result) {
  const { name, value, unit, atMost, atLeast } = result;
  const number = value >= 100 ? Math.round(value) : Number(value.toFixed(2));
  const floor = [
    atMost !== undefined && `at most ${atMost}`,
    atLeast !== undefined && `at least ${atLeast}`,
  ].find(Boolean);
  return [
    name,
    `${number} ${unit}`,
    floor || '',
    floor ? (isMissed(result) && 'MISSED') || 'ok' : '',
  ];
}

function printTable(rows) {
  const widths = rows[0].map((_, at) =>
    Math.max(...rows.map(row => row[at].length)),
  );
  for (const row of rows) {
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    );
  }
}

const page = join(root, 'docs', 'contributing', 'how-fast.md');
const marks = ['<!-- measured -->', '<!-- /measured -->'];

/** Replaces what the page says was measured. */
function writePage(rows) {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = marks.map(mark => text.indexOf(mark));
  if (begin < 0 || end < begin) {
    throw new Failure(`${relative(root, page)} has no ${marks.join(' … ')}`);
  }
  const line = cells => `| ${cells.join(' | ')} |`;
  const [head, ...body] = rows;
  const measured = [
    `On ${cpus().length} cores of ${cpus()[0].model.trim()} with ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node.js ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...body.map(line),
  ].join('\n');
  writeFileSync(
    page,
    `${text.slice(0, begin + marks[0].length)}\n\n${measured}\n\n${text.slice(end)}`,
  );
  spawnSync('npx', ['prettier', '--write', page], { cwd: root });
}

await run(() => {
  checkNode();
  ensureInstalled(text => console.error(text));
  const args = process.argv.slice(2);
  const at = args.indexOf('--json');
  const out = at === -1 ? undefined : args.splice(at, 2)[1];
  const docs = args.includes('--docs');
  if (docs) args.splice(args.indexOf('--docs'), 1);
  const benches = findBenches().filter(
    file => args.length === 0 || args.some(one => file.includes(one)),
  );
  const results = benches.flatMap(file =>
    runBench(file).map(result => ({ bench: relative(root, file), ...result })),
  );
  const rows = [['what', 'measured', 'floor', ''], ...results.map(toRow)];
  printTable(rows);
  if (docs) writePage(rows);
  if (out) {
    writeFileSync(out, `${JSON.stringify({ results }, undefined, 2)}\n`);
  }
  process.exitCode = results.some(isMissed) ? 1 : 0;
});
