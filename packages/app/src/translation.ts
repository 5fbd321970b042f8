import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Every text that this portal adds around its plugins: sign-in and sidebar. */
export const portalTranslationRef = createTranslationRef({
  id: 'app.causeway',
  messages: {
    nav: {
      label: 'Menu',
      home: '{{brand}}, home',
      account: 'Account',
      unknown: 'unknown',
      signedInAs: 'Signed in as {{name}}.',
      signedInWithRole: 'Signed in as {{name}} ({{role}}).',
      switch: 'Switch persona',
      settings: 'Settings',
      wantYou_one: '{{count}} request wants you',
      wantYou_other: '{{count}} requests want you',
    },
    persona: {
      people: 'People of the demo',
      current: 'signed in',
      intro:
        'On the simulated estate you can be any of these people. What you see and may do follows from who you are.',
      noneTitle: 'No personas here',
      noneText:
        'Personas exist on the simulated estate only. Sign out in the settings to sign in as somebody else.',
    },
    signIn: {
      awayTitle: 'The portal’s backend does not answer',
      awayText:
        '{{message}}. The page can be loaded before the backend is up: wait a moment, then try again.',
      retry: 'Try again',
      waitingTitle: 'The estate is being read',
      waitingText:
        '{{name}} is not in the catalog yet. People arrive within a minute of the start; you are signed in as soon as they do.',
      refusedTitle: 'Could not sign in as {{name}}',
      refusedText:
        'Right after a start the catalog may not know this person yet: try again in a few seconds, or be somebody else.',
      noReason: 'The backend gave no reason.',
      github: 'Sign in with your GitHub account',
      nobodyTitle: 'Nobody can sign in yet',
      nobodyText:
        'This portal has no way to sign in. Configure the GitHub provider in the app configuration, with a resolver that maps GitHub users to people of the catalog, and restart the backend:',
    },
  },
});
