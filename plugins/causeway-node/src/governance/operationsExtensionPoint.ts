import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Operation } from './Operation';

/**
 * Adds operations to the gate.
 *
 * @public
 */
export interface OperationsExtensionPoint {
  /** Refused when another operation has the same name. */
  addOperation(operation: Operation): void;
}

/**
 * The extension point for operations that Causeway does not bring itself. They
 * run through the same gate; those that `causeway.gate.trustedOperations` does
 * not name never run without people.
 *
 * @public
 */
export const operationsExtensionPoint =
  createExtensionPoint<OperationsExtensionPoint>({
    id: 'causeway.governance.operations',
  });
