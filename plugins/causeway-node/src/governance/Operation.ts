import type { JsonObject } from '@backstage/types';
import type {
  Binding,
  ChangeClass,
  CostEstimate,
  FactValue,
  Freshness,
  OperationExample,
  Plan,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { z } from 'zod';

/**
 * What an operation is asked for, as the estate knows it: from our own
 * observations, never from catalog annotations.
 *
 * @public
 */
export interface OperationTarget {
  entityRef: string;
  title: string;
  /** `spec.type`. */
  type: string;
  /** Id of the source that it lives in. */
  source: string;
  /** Kind of object in the source: `Deployment`, `Application`. */
  kind: string;
  namespace?: string;
  name: string;
  /** Absent where the source tells none. */
  uid?: string;
  /** The observation, reduced as it is kept. */
  observed: JsonObject;
  owner?: SourcedValue;
  environment?: SourcedValue;
  /** Facts by name. */
  facts: Record<string, FactValue>;
  freshness: Freshness;
  /** The GitOps application that deploys it, where there is one. */
  application?: {
    entityRef: string;
    /** Id of the Argo CD source that it was read from. */
    source: string;
    name: string;
    namespace: string;
    project: string;
    automated: boolean;
    /** Where its manifests come from, as its source tells. */
    sources?: readonly {
      repoURL: string;
      path?: string;
      chart?: string;
      targetRevision?: string;
    }[];
  };
}

/**
 * Signals and time that every step of an operation works under.
 *
 * @public
 */
export interface OperationContext {
  /** Aborted when the step takes too long or the backend stops. */
  signal: AbortSignal;
}

/**
 * What a step of an operation is told of the request.
 *
 * @public
 */
export interface OperationStep<TInput> extends OperationContext {
  /** Parsed, with defaults. */
  input: TInput;
  binding: Binding;
}

/**
 * Like a step, once there is a plan.
 *
 * @public
 */
export interface PlannedStep<TInput> extends OperationStep<TInput> {
  plan: Plan;
}

/**
 * Like a planned step, once the request is approved.
 *
 * @public
 */
export interface ExecutionStep<TInput> extends PlannedStep<TInput> {
  /** Id of the request: the field manager's and commit's reference. */
  requestId: string;
  /** Reference of who asked: `user:default/ada`, `subject:adviser`. */
  requester: string;
}

/**
 * What an execution wrote.
 *
 * @public
 */
export interface Written {
  message: string;
  /** What the object was like right after the write, so that a rollback knows whether it still is: small, volatile fields left out. */
  left: JsonObject;
}

/**
 * How far the world has come after the write.
 *
 * @public
 */
export interface Verification {
  /** `failed` only where waiting cannot help. */
  state: 'progressing' | 'healthy' | 'failed';
  message: string;
  /**
   * How far it has come, where it goes a way with names: `opened`, `merged`.
   * A new one is told on the request, and the soak time begins anew with it.
   */
  phase?: string;
  /** Milliseconds that this phase may take beyond the soak time; ten minutes where nothing is said. */
  settleWithin?: number;
  /** Milliseconds until it is worth a look again; the gate's own pace where nothing is said. */
  lookAgainIn?: number;
}

/**
 * A governed operation. Steps throw {@link OperationRefusal} for what will
 * never work. `execute` and `rollback` throw {@link NothingWritten} for what
 * went wrong while they know that nothing was written; any other error leaves
 * the request `unknown`, for the gate cannot tell what was done before it, and
 * {@link OutcomeUnknown} says that in words.
 *
 * @public
 */
export interface Operation<TSchema extends z.ZodObject = z.ZodObject> {
  /** Lower-case words with dashes; unique. */
  name: string;
  /** Changes with what it does. */
  version: string;
  title: string;
  description: string;
  class: ChangeClass;
  capability: string;
  /** `spec.type` of its targets. */
  targetTypes: readonly string[];
  effects: readonly string[];
  idempotent: boolean;
  /** zod 4; an object. */
  input: TSchema;
  examples: readonly OperationExample[];
  /** Names the concrete thing. Reads only. */
  bind(
    step: OperationContext & {
      input: z.infer<TSchema>;
      target: OperationTarget;
    },
  ): Promise<Binding>;
  /** Works out before and after, by reading and dry runs only. */
  plan(
    step: OperationStep<z.infer<TSchema>> & { target: OperationTarget },
  ): Promise<Plan>;
  /** What the change costs an hour. */
  estimate(
    step: PlannedStep<z.infer<TSchema>> & { target: OperationTarget },
  ): Promise<CostEstimate>;
  /**
   * Does it: once, against the binding, compare and swap.
   *
   * @throws OperationRefusal or NothingWritten where nothing was written for sure; anything else counts as unknown
   */
  execute(step: ExecutionStep<z.infer<TSchema>>): Promise<Written>;
  /** Asked again and again until the soak time is over. Platform signals only. */
  verify(
    step: ExecutionStep<z.infer<TSchema>> & { written: Written },
  ): Promise<Verification>;
  /**
   * Undoes it, if the target is still as `written` left it.
   *
   * @throws OperationRefusal where it is not; otherwise as of `execute`
   */
  rollback?(
    step: ExecutionStep<z.infer<TSchema>> & { written: Written },
  ): Promise<{ message: string }>;
}

/**
 * Declares an operation.
 *
 * @public
 */
export function createOperation<TSchema extends z.ZodObject>(
  operation: Operation<TSchema>,
): Operation {
  return operation as unknown as Operation;
}
