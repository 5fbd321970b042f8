// How fast observations become rows: reduce, hash, project and compare, from
// parsed Kubernetes objects, on one thread. Each round runs in a process of its
// own, as the first pass after a start is a cold one. In the same run, as the
// baselines, JSON.parse of the same objects, and JSON.stringify and SHA-256 of
// whole objects.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mix } from './clusterObjects.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const rounds = 3;

function runRound(count, changes) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(folder, 'pipelineRound.mjs'), String(count), String(changes)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error(`A round with ${count} objects ended with ${status}`);
  }
  return JSON.parse(stdout);
}

/** The round that was disturbed least. */
function best(measured, seconds) {
  return measured.reduce((a, b) => (seconds(a) <= seconds(b) ? a : b));
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1];
}

const large = Array.from({ length: rounds }, () => runRound(50_000, 5));
const small = Array.from({ length: rounds }, () => runRound(10_000, 20));

const first = best(large, one => one.first.thread).first;
const unchanged = best(large, one => one.unchanged.thread).unchanged;
const reread = best(large, one => one.reread.thread).reread;
const parse = best(large, one => one.parse.thread).parse;
const whole = best(large, one => one.whole.thread).whole;
const held = Math.max(...large.map(one => one.memory.held));
const peak = Math.max(...large.map(one => one.memory.peak));
/** Seconds of the thread at the 95th percentile, in the round that was disturbed least. */
const changed = (measured, what, field = 'thread') =>
  Math.min(
    ...measured.map(one =>
      percentile(
        one[what].map(change => change[field]),
        0.95,
      ),
    ),
  );

const perSecond = (name, seconds, floor) => ({
  name,
  value: 50_000 / seconds,
  unit: 'objects/s',
  ...floor,
});
const milliseconds = (name, seconds, floor) => ({
  name,
  value: seconds * 1000,
  unit: 'ms',
  ...floor,
});

console.log(
  JSON.stringify({
    results: [
      perSecond(
        `50,000 objects (${mix}): first pass, a second of the thread's own time`,
        first.thread,
        { atLeast: 45_000 },
      ),
      perSecond('first pass, a second of the clock', first.wall),
      perSecond(
        'first pass: reduce, hash and compare alone, own time',
        first.reading.thread,
      ),
      perSecond('unchanged pass, versions known, own time', unchanged.thread, {
        atLeast: 200_000,
      }),
      perSecond('unchanged pass, a second of the clock', unchanged.wall),
      perSecond(
        'unchanged pass, everything read again, own time',
        reread.thread,
      ),
      {
        name: 'memory held after the first pass',
        value: held,
        unit: 'MB',
        atMost: 250,
      },
      {
        name: 'memory at the peak of the first pass, resident',
        value: peak,
        unit: 'MB',
      },
      milliseconds(
        'one image of 10,000 objects changed: all projected, 95th percentile, own time',
        changed(small, 'image'),
      ),
      milliseconds(
        'one state of 10,000 objects changed: a part projected, the same',
        changed(small, 'state'),
      ),
      milliseconds(
        'one image of 50,000 objects changed: all projected, the same',
        changed(large, 'image'),
      ),
      milliseconds(
        'one state of 50,000 objects changed: a part projected, the same',
        changed(large, 'state'),
      ),
      milliseconds(
        'one image of 50,000 objects changed: longest time without a pause, the same',
        changed(large, 'image', 'longest'),
      ),
      perSecond(
        'baseline: JSON.parse of the same objects, own time',
        parse.thread,
      ),
      perSecond(
        'baseline: JSON.stringify and SHA-256 of whole objects, own time',
        whole.thread,
      ),
      {
        name: 'first pass against JSON.parse of the same objects',
        value: first.thread / parse.thread,
        unit: 'times',
      },
    ],
  }),
);
