import { renderInTestApp } from '@backstage/frontend-test-utils';
import { discoveryApiRef } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { resetPersonaOffer } from './usePersonaOffer';
import { SignIn } from './SignIn';

const ada = { name: 'ada', displayName: 'Ada Obi', title: 'On-call' };
const max = { name: 'max', displayName: 'Max Roth', title: 'Developer' };

function respond(body: unknown, status = 200) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function renderSignIn(options: {
  list: () => Response | Promise<Response>;
  refresh?: () => Response;
  config?: JsonObject;
}) {
  globalThis.fetch = jest.fn(async input =>
    String(input).endsWith('/list')
      ? options.list()
      : (options.refresh?.() ?? respond({}, 404)),
  );
  renderInTestApp(<SignIn onSignInSuccess={() => {}} />, {
    apis: [
      [discoveryApiRef, { getBaseUrl: async id => `http://backend/api/${id}` }],
    ],
    config: options.config,
  });
}

describe('SignIn', () => {
  beforeEach(() => {
    resetPersonaOffer();
    window.localStorage.clear();
  });

  it('waits until the catalog knows the persona', async () => {
    let ready = false;
    renderSignIn({
      list: () => respond({ personas: [{ ...ada, ready }], default: 'ada' }),
      refresh: () => respond({ error: { message: 'resolver says no' } }, 401),
    });
    expect(await screen.findByRole('status')).toHaveTextContent(
      'Ada Obi is not in the catalog yet',
    );
    ready = true;
    expect(
      await screen.findByText('Could not sign in as Ada Obi', undefined, {
        timeout: 4_000,
      }),
    ).toBeInTheDocument();
  });

  it('offers the other people when signing in fails, by keyboard too', async () => {
    renderSignIn({
      list: () => respond({ personas: [ada, max], default: 'ada' }),
      refresh: () => respond({ error: { message: 'no such user' } }, 404),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'try again in a few seconds',
    );
    expect(screen.getByRole('button', { name: /Ada Obi/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await userEvent.tab();
    await userEvent.tab();
    expect(screen.getByRole('button', { name: /Max Roth/ })).toHaveFocus();
  });

  it('writes names as they are, and the reason by itself', async () => {
    renderSignIn({
      list: () =>
        respond({ personas: [{ ...ada, displayName: "Ada O'Bi & Co" }] }),
      refresh: () => respond({}, 404),
    });
    expect(
      await screen.findByRole('heading', {
        name: "Could not sign in as Ada O'Bi & Co",
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Request failed with 404')).toBeInTheDocument();
  });

  it('uses GitHub where that is configured and there are no personas', async () => {
    renderSignIn({
      list: () => respond({}, 404),
      config: {
        app: { title: 'Portal' },
        auth: { providers: { github: { production: {} } } },
      },
    });
    expect(
      await screen.findByText('Sign in with your GitHub account'),
    ).toBeInTheDocument();
  });

  it('says what to configure where nobody can sign in', async () => {
    renderSignIn({ list: () => respond({}, 404) });
    expect(
      await screen.findByRole('heading', { name: 'Nobody can sign in yet' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/AUTH_GITHUB_CLIENT_ID/)).toBeInTheDocument();
  });

  it('says that the backend does not answer', async () => {
    renderSignIn({
      list: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    expect(await screen.findByText(/Failed to fetch/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
  });
});
