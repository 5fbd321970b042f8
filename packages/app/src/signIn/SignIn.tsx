import {
  configApiRef,
  githubAuthApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import {
  Progress,
  ProxiedSignInPage,
  SignInPage,
} from '@backstage/core-components';
import { PersonaChooser } from './PersonaChooser';
import { SignInShell } from './SignInShell';
import { currentPersona, personaHeader, personaProvider } from './personas';
import { usePersonaOffer } from './usePersonaOffer';

/**
 * Signs in as a persona where the backend offers them, else with GitHub where
 * that is configured, else says what is missing.
 */
export function SignIn(props: SignInPageProps) {
  const state = usePersonaOffer();
  const config = useApi(configApiRef);

  if (state.status === 'loading') {
    return <Progress />;
  }
  if (state.status === 'failed') {
    return (
      <SignInShell title="The portal's backend does not answer">
        <p>
          {state.error.message}. The page can be loaded before the backend is
          up: wait a moment, then try again.
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          Try again
        </button>
      </SignInShell>
    );
  }
  const { offer } = state;
  if (offer) {
    const persona = currentPersona(offer);
    if (!persona.ready) {
      return (
        <SignInShell title="The estate is being read">
          <p role="status">
            {persona.displayName} is not in the catalog yet. People arrive
            within a minute of the start; you are signed in as soon as they do.
          </p>
        </SignInShell>
      );
    }
    return (
      <ProxiedSignInPage
        {...props}
        provider={personaProvider}
        headers={{ [personaHeader]: persona.name }}
        ErrorComponent={({ error }) => (
          <SignInShell title={`Could not sign in as ${persona.displayName}`}>
            <p role="alert">
              {error?.message ?? 'The backend gave no reason.'} Right after a
              start the catalog may not know this person yet: try again in a few
              seconds, or be somebody else.
            </p>
            <PersonaChooser offer={offer} current={persona.name} />
          </SignInShell>
        )}
      />
    );
  }
  if (config.getOptionalConfig('auth.providers')?.has('github')) {
    return (
      <SignInPage
        {...props}
        provider={{
          id: 'github-auth-provider',
          title: 'GitHub',
          message: 'Sign in with your GitHub account',
          apiRef: githubAuthApiRef,
        }}
      />
    );
  }
  return (
    <SignInShell title="Nobody can sign in yet">
      <p>
        This portal has no way to sign in. Configure the GitHub provider in the
        app configuration, with a resolver that maps GitHub users to people of
        the catalog, and restart the backend:
      </p>
      <pre>{`auth:
  environment: production
  providers:
    github:
      production:
        clientId: \${AUTH_GITHUB_CLIENT_ID}
        clientSecret: \${AUTH_GITHUB_CLIENT_SECRET}
        signIn:
          resolvers:
            - resolver: usernameMatchingUserEntityName`}</pre>
    </SignInShell>
  );
}
