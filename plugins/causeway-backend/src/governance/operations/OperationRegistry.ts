import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import type {
  Operation,
  OperationsExtensionPoint,
} from '@causeway/backstage-plugin-causeway-node';
import { checkOperation } from './checkOperation';
import { describeOperation } from './describeOperation';
import { hashCanonical } from '../hashCanonical';

interface Registered {
  operation: Operation;
  description: OperationDescription;
  hash: string;
  builtIn: boolean;
}

/** All operations that can be asked for, by name. */
export class OperationRegistry {
  readonly #operations = new Map<string, Registered>();
  readonly #trusted: ReadonlySet<string>;

  /** @param trusted - operations of other plugins that may run without people where policy says so */
  constructor(trusted: readonly string[] = []) {
    this.#trusted = new Set(trusted);
  }

  /**
   * @throws ConflictError for a name that is taken, InputError for an operation
   * that is not declared as it must be: both stop the start (THREATS M12)
   */
  register(
    operation: Operation,
    { builtIn = false }: { builtIn?: boolean } = {},
  ): void {
    checkOperation(operation);
    if (this.#operations.has(operation.name)) {
      throw new ConflictError(
        `Two operations are named '${operation.name}': names are unique, rename one of them or leave its module out`,
      );
    }
    const description = describeOperation(operation);
    this.#operations.set(operation.name, {
      operation,
      description,
      builtIn,
      hash: hashCanonical(description as unknown as JsonObject),
    });
  }

  /** Face of the registry for other plugins. */
  extensionPoint(): OperationsExtensionPoint {
    return { addOperation: operation => this.register(operation) };
  }

  has(name: string): boolean {
    return this.#operations.has(name);
  }

  /** @throws NotFoundError that names those that there are */
  get(name: string): Operation {
    return this.#registered(name).operation;
  }

  /**
   * Whether an operation may run without people where policy says so: what it
   * is declared to be is a claim, and only configuration vouches for whoever
   * declared it (THREATS M12).
   */
  trusts(name: string): boolean {
    return this.#registered(name).builtIn || this.#trusted.has(name);
  }

  /** Operations that are trusted by name, and that nothing has registered. */
  missing(): string[] {
    return [...this.#trusted].filter(name => !this.has(name));
  }

  /** SHA-256, hex, of what the operation is declared to be. */
  hash(name: string): string {
    return this.#registered(name).hash;
  }

  /** All of them, by name. */
  describe(): OperationDescription[] {
    return [...this.#operations.values()]
      .map(({ description }) => description)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #registered(name: string): Registered {
    const registered = this.#operations.get(name);
    if (!registered) {
      throw new NotFoundError(
        `There is no operation '${name}': there are ${[...this.#operations.keys()].sort().join(', ') || 'none'}`,
      );
    }
    return registered;
  }
}
