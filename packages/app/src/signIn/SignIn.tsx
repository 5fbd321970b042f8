import {
  configApiRef,
  githubAuthApiRef,
  useApi,
  useTranslationRef,
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
import { portalTranslationRef } from '../translation';
import { usePersonaOffer } from './usePersonaOffer';

/**
 * Signs in as a persona where the backend offers them, else with GitHub where
 * that is configured, else says what is missing.
 */
export function SignIn(props: SignInPageProps) {
  const state = usePersonaOffer();
  const config = useApi(configApiRef);
  const { t } = useTranslationRef(portalTranslationRef);

  if (state.status === 'loading') {
    return <Progress />;
  }
  if (state.status === 'failed') {
    return (
      <SignInShell title={t('signIn.awayTitle')}>
        <p>{t('signIn.awayText', { message: state.error.message })}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {t('signIn.retry')}
        </button>
      </SignInShell>
    );
  }
  const { offer } = state;
  if (offer) {
    const persona = currentPersona(offer);
    if (!persona.ready) {
      return (
        <SignInShell title={t('signIn.waitingTitle')}>
          <p role="status">
            {t('signIn.waitingText', { name: persona.displayName })}
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
          <SignInShell
            title={t('signIn.refusedTitle', { name: persona.displayName })}
          >
            <div role="alert">
              <p>{error?.message ?? t('signIn.noReason')}</p>
              <p>{t('signIn.refusedText')}</p>
            </div>
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
          message: t('signIn.github'),
          apiRef: githubAuthApiRef,
        }}
      />
    );
  }
  return (
    <SignInShell title={t('signIn.nobodyTitle')}>
      <p>{t('signIn.nobodyText')}</p>
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
