import { Worker } from 'node:worker_threads';
import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import type {
  AssessmentInput,
  CompiledPolicy,
} from '@causeway/backstage-plugin-causeway-common/policy';
import { servePolicy, workerFile, type Task } from './policyWorker';

/** What the thread begins with; a text, as a thread cannot begin with TypeScript. */
const begin = `
const { workerData } = require('node:worker_threads');
if (workerData.transform) require(workerData.transform);
require(workerData.file)[workerData.serve]();
`;

/** Memory of the thread, in MB: an expression can build lists. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** One thread that assesses one request at a time. */
export class PolicyThread {
  readonly #worker: Worker;

  readonly #ready: Promise<void>;

  #hash: string | undefined;

  #nextId = 0;

  #ended = false;

  #settle: ((assessment: Assessment | undefined) => void) | undefined;

  constructor() {
    const isSource = workerFile.endsWith('.ts');
    this.#worker = new Worker(begin, {
      eval: true,
      // Flags of the process, such as a transform, would be loaded a second time.
      execArgv: [],
      resourceLimits: limits,
      workerData: {
        file: workerFile,
        // By reference: a build drops functions that nothing refers to.
        serve: servePolicy.name,
        transform: isSource
          ? require.resolve('@backstage/cli/config/nodeTransform.cjs')
          : undefined,
      },
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.on('message', message => {
        if (message.ready) {
          resolve();
        } else if (message.id === this.#nextId) {
          this.#settle?.(message.assessment);
        }
      });
      this.#worker.on('error', reject);
      this.#worker.on('exit', code => {
        this.#ended = true;
        reject(new Error(`The thread ended with ${code}`));
        this.#settle?.(undefined);
      });
    });
    this.#ready.catch(() => {});
    // An idle thread holds nobody up.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the thread can assess; rejects when it could not begin. */
  async ready(): Promise<void> {
    this.#worker.ref();
    try {
      await this.#ready;
    } finally {
      this.#worker.unref();
    }
  }

  /** Gives the assessment, or undefined when there is none in time: the thread is ended then. */
  async assess(
    policy: CompiledPolicy,
    input: AssessmentInput,
    deadlineMs: number,
  ): Promise<Assessment | undefined> {
    this.#nextId += 1;
    const task: Task = {
      id: this.#nextId,
      hash: policy.hash,
      document: this.#hash === policy.hash ? undefined : policy.document,
      input,
    };
    let timer: NodeJS.Timeout | undefined;
    this.#worker.ref();
    try {
      const answer = await new Promise<Assessment | undefined>(resolve => {
        this.#settle = resolve;
        timer = setTimeout(() => resolve(undefined), deadlineMs);
        this.#worker.postMessage(task);
      });
      this.#hash = policy.hash;
      if (!answer) {
        this.end();
      }
      return answer;
    } finally {
      clearTimeout(timer);
      this.#settle = undefined;
      this.#worker.unref();
    }
  }

  end(): void {
    this.#ended = true;
    this.#worker.terminate().catch(() => {});
  }
}
