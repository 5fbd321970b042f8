import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { VisibleGraph } from '../model';
import { layoutInput } from './layoutInput';
import { layoutResult, type GraphLayout } from './layoutResult';

/*
 * ELK is a 1.6 MB program that takes a second for hundreds of nodes: it runs in
 * a worker. The worker's address has to stand here literally, as a package path
 * and not a file of ours, so that bundlers find it both in this repository and
 * in the published package.
 */
interface Engine {
  layout(graph: ElkNode): Promise<ElkNode>;
}

let engine: Promise<Engine> | undefined;

async function startWorker(): Promise<Engine> {
  const { default: Elk } = await import('elkjs/lib/elk-api');
  let fail: (error: Error) => void = () => {};
  // ELK itself would wait forever for a worker that cannot start.
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failure.catch(() => {
    engine = undefined;
  });
  const elk: ELK = new Elk({
    workerFactory: () => {
      const worker = new Worker(
        new URL('elkjs/lib/elk-worker.min.js', import.meta.url),
      );
      worker.addEventListener('error', event =>
        fail(new Error(event.message || 'The layout worker did not start')),
      );
      return worker;
    },
  });
  return { layout: graph => Promise.race([elk.layout(graph), failure]) };
}

async function startInThread(): Promise<Engine> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk = new Elk();
  return { layout: graph => elk.layout(graph) };
}

/**
 * Arranges a graph, off the main thread where there are workers (in a browser;
 * not in tests).
 */
export async function layoutGraph(graph: VisibleGraph): Promise<GraphLayout> {
  engine ??= typeof Worker === 'undefined' ? startInThread() : startWorker();
  const { layout } = await engine;
  return layoutResult(await layout(layoutInput(graph)));
}
