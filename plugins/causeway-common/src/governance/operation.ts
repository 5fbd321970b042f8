import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * What kind of change an operation makes. Approval depth, soak time and what a
 * rollback may be expected to do follow from it.
 *
 * @public
 */
export type ChangeClass = 'application' | 'infrastructure' | 'migration';

/**
 * Where in the source an operation works: executions of one source never wait
 * for another's.
 *
 * @public
 */
export type OperationSourceKind =
  'kubernetes' | 'argocd' | 'github' | 'scaffolder';

/**
 * An operation as `GET /operations` tells of it.
 *
 * @public
 */
export interface OperationDescription {
  /** Lower-case words with dashes: `scale-workload`. */
  name: string;
  /** Changes with what the operation does: `1`. */
  version: string;
  title: string;
  description: string;
  class: ChangeClass;
  /** The platform's capability that it belongs to: `workload-scaling`. */
  capability: string;
  /** `spec.type` of the entities that it can be asked for. */
  targetTypes: readonly string[];
  /** What it does to the world, one short sentence each. */
  effects: readonly string[];
  /** Whether carrying it out twice is the same as once. */
  idempotent: boolean;
  /** Whether it can undo what it did. */
  reversible: boolean;
  /** JSON Schema (draft 2020-12) of the input; always an object. */
  inputSchema: JsonObject;
  examples: readonly OperationExample[];
}

/**
 * A call of an operation, to learn from.
 *
 * @public
 */
export interface OperationExample {
  title: string;
  /** Entity reference. */
  target: string;
  input: JsonObject;
}

/**
 * The concrete thing in the concrete source that an operation will touch, as
 * Causeway observed it. It never comes from catalog annotations (THREATS C3).
 *
 * @public
 */
export interface Binding {
  /** Id of the source. */
  source: string;
  sourceKind: OperationSourceKind;
  /** Address of the source, without credentials. */
  address: string;
  /** `apps/v1`, `argoproj.io/v1alpha1`. */
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Of this very object: one that is deleted and made again has another. */
  uid: string;
  /** SHA-256, hex, of the RFC 8785 form of the fields that the plan read; nothing volatile is among them. */
  fieldsHash: string;
}

/**
 * One value that an operation will change.
 *
 * @public
 */
export interface PlannedChange {
  /** Path in the object: `spec.replicas`. */
  path: string;
  /** For people: `Replicas`. */
  label: string;
  /** Absent where there is none. */
  before?: JsonValue;
  after?: JsonValue;
  /** `pods`, `cores`, `bytes`. */
  unit?: string;
}

/**
 * A number that policy can bound, worked out by the platform and not by
 * whoever asks.
 *
 * @public
 */
export interface PlannedQuantity {
  /** `replicas`, `cpuRequest`, `memoryRequest`. */
  name: string;
  current: number;
  proposed: number;
  /** Last value set in Git or by a person; bounds are held against it. Absent where it is not known. */
  baseline?: number;
  unit?: string;
}

/**
 * How a change would be undone.
 *
 * @public
 */
export interface RollbackPlan {
  summary: string;
  changes: PlannedChange[];
}

/**
 * What an operation will do, worked out without doing it.
 *
 * @public
 */
export interface Plan {
  /** `Scale Deployment payments/payment-api from 3 to 6 replicas`. */
  summary: string;
  changes: PlannedChange[];
  quantities: PlannedQuantity[];
  /** What an approver should know: an autoscaler that will take over, a budget that is used up. */
  warnings: string[];
  /** Absent where it cannot be undone. */
  rollback?: RollbackPlan;
  /** Pods or syncs that will be interrupted. */
  disruptive: boolean;
  /**
   * Whether a GitOps controller sets what would be changed. Where an operation
   * does not say, whatever an application deploys counts as managed.
   */
  managedByGit?: boolean;
  /** Whether the source was asked and would accept it (dry run); why not asked, otherwise. */
  dryRun: { done: true } | { done: false; why: string };
  /** Bound further values that must not have changed when it runs: a commit, an image. */
  bound?: Record<string, string>;
}

/**
 * What a change costs an hour; `delta` is absent where it is not known, which
 * makes the decision stricter.
 *
 * @public
 */
export interface CostEstimate {
  /** ISO 4217: `USD`. */
  currency: string;
  /** Per hour, before and after; finite and not negative. */
  before?: number;
  after?: number;
  /** Per hour; decreases count as zero against budgets. */
  delta?: number;
  parts: CostPart[];
  /** Why it is not known. */
  unknown?: string;
}

/**
 * One line of an estimate.
 *
 * @public
 */
export interface CostPart {
  what: string;
  quantity: number;
  unit: string;
  /** Per unit and hour. */
  price: number;
  /** Per hour. */
  amount: number;
}
