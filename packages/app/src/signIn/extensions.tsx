import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { RiUserSharedLine } from '@remixicon/react';

export const signInPage = SignInPageBlueprint.make({
  params: { loader: () => import('./SignIn').then(m => m.SignIn) },
});

export const personaPage = PageBlueprint.make({
  name: 'persona',
  params: {
    path: '/persona',
    title: 'Switch persona',
    icon: <RiUserSharedLine aria-hidden />,
    loader: () => import('./PersonaPage').then(m => <m.PersonaPage />),
  },
});
