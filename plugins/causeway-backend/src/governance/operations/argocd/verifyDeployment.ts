import type {
  Verification,
  Written,
} from '@causeway/backstage-plugin-causeway-node';
import { hashCanonical } from '../../hashCanonical';
import { type ApplicationState, specFields } from './applicationState';

/**
 * How far an operation of an Application has come.
 *
 * @param inSync - whether Git has to agree: after a rollback it does not
 */
export function verifyDeployment(
  state: ApplicationState,
  { left }: Written,
  inSync: boolean,
): Verification {
  const { operation, running, health } = state;
  const revision = String(left.revision);
  if (hashCanonical(specFields(state)) !== left.specHash) {
    return {
      state: 'failed',
      message:
        'The application is no longer as this request left it: somebody changed it',
    };
  }
  if (operation?.revision !== revision) {
    return operation?.request === undefined && !running && !operation
      ? { state: 'progressing', message: 'Argo CD has not begun yet' }
      : {
          state: 'failed',
          message: `Argo CD works on ${operation?.revision ?? 'another revision'} in place of ${revision}`,
        };
  }
  if (operation.phase === 'Failed' || operation.phase === 'Error') {
    return {
      state: 'failed',
      message: `Argo CD could not do it: ${operation.message ?? 'no reason is told'}`,
    };
  }
  if (running || operation.phase !== 'Succeeded') {
    return { state: 'progressing', message: 'Argo CD is at it' };
  }
  if (inSync && (state.sync !== 'Synced' || state.compared !== revision)) {
    return {
      state: 'progressing',
      message: `It is ${state.sync} with ${state.compared ?? 'nothing'}`,
    };
  }
  return health.status === 'Healthy'
    ? { state: 'healthy', message: `Deployed ${revision}, and healthy` }
    : {
        // Argo CD judges a rollout degraded that recovers a minute later.
        state: 'progressing',
        message: `Deployed ${revision}; its health is ${health.status}${health.message ? `: ${health.message}` : ''}`,
      };
}
