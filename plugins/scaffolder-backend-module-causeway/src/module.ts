import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { GateClient } from './gate/GateClient';
import { WaitingSlots } from './gate/WaitingSlots';
import { createRequestAction } from './request/createRequestAction';
import { createStampAction } from './stamp/createStampAction';

/** Tasks that the scaffolder runs at a time where nothing is configured. */
const defaultTasks = 10;

/**
 * Adds the step `causeway:request` to templates.
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
      },
      async init({ actions, auth, config, discovery, lifecycle }) {
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
          createStampAction({ now: () => new Date() }),
        );
      },
    });
  },
});
