import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import type { AuthorizedGate } from '../governance/AuthorizedGate';
import type { Call } from '../governance/principals/Call';
import { createAssessRequestAction } from './createAssessRequestAction';
import { createGetRequestAction } from './createGetRequestAction';
import { createListRequestsAction } from './createListRequestsAction';
import { createOperationAction } from './createOperationAction';
import { createRequestOperationAction } from './createRequestOperationAction';
import { createSearchOperationsAction } from './createSearchOperationsAction';
import { createWithdrawRequestAction } from './createWithdrawRequestAction';

/** The gate, as actions reach it: behind permissions, with the caller's credentials. */
export interface GateFace {
  gate: AuthorizedGate;
  callOf(credentials: BackstageCredentials): Call;
}

/** Registers one action of the gate. */
export type CreateGateAction = (
  registry: ActionsRegistryService,
  face: GateFace,
) => void;

/** The generic actions' names: what the named MCP server carries of the gate. */
export const gateActionNames = [
  'search-operations',
  'assess-request',
  'request-operation',
  'get-request',
  'list-requests',
  'withdraw-request',
] as const;

/**
 * Registers the gate's actions: the generic ones, and one for each operation
 * that `causeway.gate.actions` names. None votes, grades, halts or reconciles:
 * that is for people.
 *
 * @throws InputError for an operation that there is not
 */
export function registerGateActions(
  registry: ActionsRegistryService,
  face: GateFace,
  options: {
    operations: readonly OperationDescription[];
    /** `causeway.gate.actions`. */
    named: readonly string[];
  },
): void {
  createSearchOperationsAction(registry, face);
  createAssessRequestAction(registry, face);
  createRequestOperationAction(registry, face);
  createGetRequestAction(registry, face);
  createListRequestsAction(registry, face);
  createWithdrawRequestAction(registry, face);
  for (const name of options.named) {
    const operation = options.operations.find(one => one.name === name);
    if (!operation) {
      throw new InputError(
        `causeway.gate.actions names ${name}, and there is no such operation; there are ${options.operations.map(one => one.name).join(', ')}`,
      );
    }
    createOperationAction(registry, face, operation);
  }
}
