import { screen, within, render, waitFor } from '@testing-library/react';
import app from './App';

/** Answers of a backend that knows one person and nothing else. */
function backend(routes: Record<string, (init?: RequestInit) => unknown>) {
  return jest.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : undefined;
    const { pathname } = new URL(request?.url ?? String(input));
    const answer = routes[pathname];
    return answer
      ? new Response(
          JSON.stringify(answer({ headers: request?.headers, ...init })),
          { headers: { 'content-type': 'application/json' } },
        )
      : new Response('{}', { status: 404 });
  });
}

const offer = {
  default: 'ada',
  personas: [
    { name: 'ada', displayName: 'Ada Obi', title: 'On-call', ready: true },
    { name: 'max', displayName: 'Max Roth', title: 'Developer', ready: true },
  ],
};

const signIn = () => ({
  profile: { displayName: 'Ada Obi' },
  backstageIdentity: {
    token: `${btoa('{}')}.${btoa('{"exp":9999999999}')}.x`,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/ada',
      ownershipEntityRefs: ['user:default/ada'],
    },
  },
});

// The app keeps the first `fetch` that it saw: what differs is told here.
let mayReadAudit = true;
const gate = jest.fn(() => ({
  open: true,
  halts: [],
  freezes: [],
  pending: 3,
  mine: 2,
  policy: { hash: 'x', origin: 'y', invalid: false },
  choices: { halt: { allowed: false }, readAudit: { allowed: mayReadAudit } },
  now: Date.now(),
}));

describe('App', () => {
  beforeEach(() => {
    window.history.replaceState({}, '', '/estate');
    window.localStorage.clear();
    mayReadAudit = true;
    gate.mockClear();
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Causeway', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            permission: { enabled: true },
          },
        },
      ] as never,
    };
  });

  it('signs in as the default persona and shows who one is', async () => {
    const headers: Array<string | null> = [];
    globalThis.fetch = backend({
      '/api/auth/personas/list': () => offer,
      '/api/causeway/gate': gate,
      '/api/auth/personas/refresh': init => {
        headers.push(new Headers(init?.headers).get('x-causeway-persona'));
        return signIn();
      },
    });
    render(app.createRoot());
    const nav = await screen.findByRole('navigation', { name: 'sidebar nav' });
    expect(
      await within(nav).findByRole('link', {
        name: 'Signed in as Ada Obi (On-call). Switch persona',
      }),
    ).toHaveAttribute('href', expect.stringMatching(/^\/persona\?from=%2F/));
    for (const name of [
      'Causeway, home',
      'Catalog',
      'Estate',
      'Policy',
      'Audit',
      'Notifications',
      'Settings',
    ]) {
      expect(
        await within(nav).findByRole('link', { name }),
      ).toBeInTheDocument();
    }
    expect(
      await within(nav).findByRole('link', {
        name: 'Approvals, 2 requests want you',
      }),
    ).toHaveAttribute('href', '/approvals');
    await waitFor(() => expect(headers).toContain('ada'));
  });

  it.each([
    ['shows the trail to those who may read it', true],
    ['hides the trail from those who may not', false],
  ])('%s', async (_, may) => {
    mayReadAudit = may;
    globalThis.fetch = backend({
      '/api/auth/personas/list': () => offer,
      '/api/auth/personas/refresh': signIn,
      '/api/causeway/gate': gate,
    });
    render(app.createRoot());
    const nav = await screen.findByRole('navigation', { name: 'sidebar nav' });
    // The gate has answered both of those that ask it.
    await within(nav).findByRole('link', {
      name: 'Approvals, 2 requests want you',
    });
    await waitFor(() => expect(gate.mock.calls.length).toBeGreaterThan(1));
    await waitFor(() =>
      expect(
        within(nav).queryAllByRole('link', { name: 'Audit' }),
      ).toHaveLength(may ? 1 : 0),
    );
  });
});
