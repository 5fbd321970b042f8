import { createApp } from '@backstage/frontend-defaults';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import causewayPlugin from '@causeway/backstage-plugin-causeway';
import { appModule } from './appModule';

export default createApp({
  features: [
    // Tabs and cards stand on entity pages in this order.
    causewayPlugin,
    catalogPlugin,
    orgPlugin,
    apiDocsPlugin,
    scaffolderPlugin,
    userSettingsPlugin,
    // Queues move and notices arrive while one looks at them.
    signalsPlugin,
    notificationsPlugin,
    appModule,
  ],
});
