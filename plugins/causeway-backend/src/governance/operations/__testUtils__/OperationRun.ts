import type { JsonObject } from '@backstage/types';
import type {
  Binding,
  CostEstimate,
  Plan,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  Operation,
  OperationTarget,
  Verification,
  Written,
} from '@causeway/backstage-plugin-causeway-node';
import type { OperationRegistry } from '../OperationRegistry';

/** Walks one request through the steps of its operation, as the gate does. */
export class OperationRun {
  readonly #operation: Operation;

  readonly #target: OperationTarget;

  readonly #input: Record<string, unknown>;

  readonly #requestId: string;

  #binding?: Binding;

  #plan?: Plan;

  #written?: Written;

  constructor(options: {
    registry: OperationRegistry;
    operation: string;
    target: OperationTarget;
    input: JsonObject;
    requestId?: string;
  }) {
    this.#operation = options.registry.get(options.operation);
    this.#target = options.target;
    this.#input = this.#operation.input.parse(options.input);
    this.#requestId = options.requestId ?? 'request-1';
  }

  /** A copy of all that an approved request keeps, as the database keeps it: as JSON. */
  get #kept() {
    return JSON.parse(
      JSON.stringify({
        input: this.#input,
        binding: this.#binding,
        plan: this.#plan,
        written: this.#written,
      }),
    );
  }

  get binding(): Binding {
    return this.#binding!;
  }

  get written(): Written {
    return this.#written!;
  }

  async plan(): Promise<Plan> {
    const { signal } = new AbortController();
    const step = { input: this.#input, target: this.#target, signal };
    this.#binding = await this.#operation.bind(step);
    this.#plan = await this.#operation.plan({
      ...step,
      binding: this.#binding,
    });
    return this.#plan;
  }

  estimate(): Promise<CostEstimate> {
    const { signal } = new AbortController();
    return this.#operation.estimate({
      ...this.#kept,
      target: this.#target,
      signal,
    });
  }

  async execute(signal = new AbortController().signal): Promise<Written> {
    this.#written = await this.#operation.execute({
      ...this.#kept,
      requestId: this.#requestId,
      requester: 'user:default/ada-okafor',
      signal,
    });
    return this.#written;
  }

  verify(): Promise<Verification> {
    const { signal } = new AbortController();
    return this.#operation.verify({
      ...this.#kept,
      requestId: this.#requestId,
      requester: 'user:default/ada-okafor',
      signal,
    });
  }

  rollback(): Promise<{ message: string }> {
    const { signal } = new AbortController();
    return this.#operation.rollback!({
      ...this.#kept,
      requestId: this.#requestId,
      requester: 'user:default/ada-okafor',
      signal,
    });
  }
}
