import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { createApprovalAction } from './approval/createApprovalAction';
import { GateClient } from './gate/GateClient';
import { WaitingSlots } from './gate/WaitingSlots';
import { createRequestAction } from './request/createRequestAction';
import { createStampAction } from './stamp/createStampAction';

/** Tasks that the scaffolder runs at a time where nothing is configured. */
const defaultTasks = 10;

/**
 * Adds the steps `causeway:request`, `causeway:approval` and `causeway:stamp`
 * to templates.
 *
 * @public
 */
export const scaffolderModuleCauseway = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'causeway',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        scaffolder: scaffolderServiceRef,
      },
      async init({ actions, auth, config, discovery, lifecycle, scaffolder }) {
        const stop = new AbortController();
        lifecycle.addShutdownHook(() => stop.abort());
        const access = {
          gate: new GateClient({ auth, discovery }),
          slots: new WaitingSlots(
            config.getOptionalNumber('scaffolder.concurrentTasksLimit') ??
              defaultTasks,
          ),
          stopping: stop.signal,
        };
        actions.addActions(
          createRequestAction(access),
          createApprovalAction({
            ...access,
            readTask: async taskId => {
              const { spec } = await scaffolder.getTask(
                { taskId },
                { credentials: await auth.getOwnServiceCredentials() },
              );
              return spec;
            },
          }),
          createStampAction({ now: () => new Date() }),
        );
      },
    });
  },
});
