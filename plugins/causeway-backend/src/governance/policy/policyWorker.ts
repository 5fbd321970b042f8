import { parentPort } from 'node:worker_threads';
import {
  assess,
  compilePolicy,
  type AssessmentInput,
  type CompiledPolicy,
  type PolicyDocument,
} from '@causeway/backstage-plugin-causeway-common/policy';

/** One assessment, for the thread. */
export interface Task {
  id: number;
  hash: string;
  /** Sent when the thread does not have the policy of this hash. */
  document?: PolicyDocument;
  input: AssessmentInput;
}

/** This file, as it runs: TypeScript in a checkout, JavaScript in a package. */
export const workerFile = __filename;

/**
 * What a thread does that assesses requests: CEL runs there and not on the
 * event loop, and a thread can be ended when it takes too long (THREATS M3).
 */
export function servePolicy(): void {
  let policy: CompiledPolicy | undefined;
  parentPort!.on('message', ({ id, hash, document, input }: Task) => {
    if (document) {
      policy = compilePolicy(document, { hash });
    }
    parentPort!.postMessage({
      id,
      assessment: policy?.hash === hash ? assess(policy, input) : undefined,
    });
  });
  parentPort!.postMessage({ ready: true });
}
