import { Navigate } from 'react-router-dom';
import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  errorApiRef,
  fetchApiRef,
  identityApiRef,
  PageBlueprint,
  storageApiRef,
} from '@backstage/frontend-plugin-api';
import { UserSettingsStorage } from '@backstage/plugin-user-settings';
import { navContent } from './nav/Nav';
import { personaPage, signInPage } from './signIn/extensions';
import { darkTheme, lightTheme } from './theme/themes';

/** The catalog is where one arrives. */
const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/',
    noHeader: true,
    loader: async () => <Navigate to="/catalog" replace />,
  },
});

/**
 * Settings and starred entities in the backend. Backstage's own module for this
 * listens to signals besides, which would only say that another tab changed
 * something: the socket is the approvals' and the notifications'.
 */
const settingsStorage = ApiBlueprint.make({
  name: 'user-settings-storage',
  params: defineParams =>
    defineParams({
      api: storageApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        errorApi: errorApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
      },
      factory: deps => UserSettingsStorage.create(deps),
    }),
});

/** What this portal adds to the app itself. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    navContent,
    lightTheme,
    darkTheme,
    signInPage,
    personaPage,
    homePage,
    settingsStorage,
  ],
});
