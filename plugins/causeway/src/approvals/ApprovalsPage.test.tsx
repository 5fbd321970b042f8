import { renderTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type {
  RequestQuery,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { userEvent as user } from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type GateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createGateApi, createGateStatus } from '../testing/createGateApi';
import { createSignals } from '../testing/createSignals';
import { createGateRequest } from '../testing/gateRequest';
import { setListSize } from '../testing/listSize';
import { refusal } from '../testing/refusal';
import {
  createRequestRow,
  createRequestRows,
  pageOf,
} from '../testing/requestRows';

const userEvent = user.setup({ pointerEventsCheck: 0 });

let restore: () => void;
beforeEach(() => {
  restore = setListSize(1200, 680);
  window.localStorage.clear();
});
afterEach(() => {
  restore();
  jest.restoreAllMocks();
});

function renderPage(answers: Partial<GateApi> = {}, path = '/approvals') {
  const signals = createSignals();
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [
      [estateApiRef, createEstateApi()],
      [gateApiRef, createGateApi(answers)],
      [signalApiRef, signals.api],
    ],
  });
  return signals;
}

// By role the whole page would be gone through each time, which takes seconds.
const list = () => screen.findByLabelText('Requests', { selector: 'ul' });
const rowLinks = async () => [
  ...(await list()).querySelectorAll<HTMLAnchorElement>('li > a'),
];
const current = async () =>
  (await rowLinks()).find(link => link.getAttribute('aria-current'));

/** A queue of which rows can come and go. */
function liveQueue(initial: RequestRow[]) {
  const queue = { rows: initial };
  const listRequests = jest.fn(async (query: RequestQuery) =>
    pageOf(queue.rows, query),
  );
  return { queue, listRequests };
}

describe('the queue', () => {
  it('begins with what wants me, and says how much waits', async () => {
    const { listRequests } = liveQueue(createRequestRows(5));
    renderPage({ listRequests });
    const [first] = await rowLinks();
    for (const text of [
      'Critical',
      'Scale Deployment payment-api from 6 to 7 replicas',
      'production · payment-api · payments',
      'an agent for dana-whitfield',
      '0 of 2',
      '+$2.40/h',
      'min left',
      'unverified: “scaler”',
    ]) {
      expect(first).toHaveTextContent(text);
    }
    expect(screen.getByText('5 requests')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Wants me (5)' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(screen.getByRole('tab', { name: 'Waiting (12)' })).toBeVisible();
    expect(listRequests.mock.calls[0][0]).toMatchObject({
      mine: true,
      order: 'urgency',
    });
  });

  it('keeps views and filters in the address', async () => {
    const { listRequests } = liveQueue(createRequestRows(5));
    renderPage(
      { listRequests },
      '/approvals?view=all&state=failed&environment=production&risk=high&text=pay',
    );
    await list();
    expect(listRequests.mock.calls[0][0]).toMatchObject({
      order: 'newest',
      state: ['failed'],
      environment: ['production'],
      risk: ['high'],
      text: 'pay',
    });
    expect(screen.getByRole('searchbox')).toHaveValue('pay');
    const [first] = await rowLinks();
    expect(first.getAttribute('href')).toMatch(
      /^\/approvals\/req-0001\?view=all&state=failed/,
    );
    await userEvent.click(screen.getByRole('tab', { name: /^Waiting/ }));
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.type(screen.getByRole('searchbox'), 'ledger');
    await waitFor(() =>
      expect(listRequests.mock.lastCall?.[0]).toMatchObject({
        state: ['pending'],
        environment: ['production'],
        text: 'ledger',
      }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() =>
      expect(listRequests.mock.lastCall?.[0].text).toBeUndefined(),
    );
  });

  it('is gone through by keyboard', async () => {
    renderPage();
    await list();
    expect(await current()).toHaveTextContent('(1)');
    await userEvent.keyboard('j');
    expect(await current()).toHaveTextContent('(2)');
    expect(await current()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}k');
    expect(await current()).toHaveTextContent('(3)');
    await userEvent.keyboard('{End}');
    expect(await current()).toHaveTextContent('(5)');
    await userEvent.keyboard('{Home}j{Enter}');
    expect(
      await screen.findByText(/^Scale Deployment payments/, {
        selector: 'h2 *',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('2 of 5')).toBeInTheDocument();
    await userEvent.keyboard('j');
    expect(await screen.findByText('3 of 5')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(await current()).toHaveTextContent('(3)');
  });

  it('offers no next request where there is only one', async () => {
    const { listRequests } = liveQueue(createRequestRows(1));
    renderPage({ listRequests });
    await list();
    await userEvent.keyboard('{Home}{Enter}');
    expect(
      await screen.findByText(/^Scale Deployment payments/, {
        selector: 'h2 *',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Back to the queue')).toBeInTheDocument();
    expect(screen.queryByText('Next request')).not.toBeInTheDocument();
  });

  it('shows its keys, and lets letters be turned off', async () => {
    renderPage();
    await list();
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Approve, after one more look');
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.keyboard('j');
    expect(await current()).toHaveTextContent('(1)');
    await userEvent.keyboard('{ArrowDown}');
    expect(await current()).toHaveTextContent('(2)');
  });

  it('votes from the queue with the digest that the dialog shows', async () => {
    const vote = jest.fn(async (id: string) => createGateRequest({ id }));
    const { listRequests } = liveQueue(createRequestRows(5));
    renderPage({ vote, listRequests });
    await list();
    await userEvent.keyboard('ja');
    const dialog = await screen.findByRole('dialog', { name: 'Approve?' });
    expect(
      await within(dialog).findByRole('table', { name: 'What will change' }),
    ).toHaveTextContent('12 pods');
    expect(dialog).toHaveTextContent('digest 4f9c2a7be1d0');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(vote).toHaveBeenCalledWith(
      'req-0002',
      expect.objectContaining({
        decision: 'approve',
        digest: createGateRequest().digest,
        lookedFor: expect.any(Number),
      }),
    );
    expect(listRequests.mock.calls.length).toBeGreaterThan(1);
  });

  it('shows in the last look what a vote is about, and waits until that was read', async () => {
    const vote = jest.fn(async (id: string) => createGateRequest({ id }));
    const { target, assessment } = createGateRequest();
    let answer = () => {};
    const loaded = new Promise<void>(resolve => {
      answer = resolve;
    });
    renderPage({
      vote,
      listRequests: async query =>
        pageOf([createRequestRow(0, { discrepancies: 1 })], query),
      getRequest: async id => {
        await loaded;
        return createGateRequest({
          id,
          discrepancies: ['It says 4, the plan makes it 12'],
          target: { ...target, contested: true },
          assessment: {
            ...assessment,
            doubts: [
              { code: 'baseline-unknown', message: 'No baseline is known' },
            ],
          },
          requester: {
            ...createGateRequest().requester,
            unverifiedName: 'Noor Rahman (approved)\u202E',
          },
        });
      },
    });
    const [row] = await rowLinks();
    expect(row).toHaveTextContent('plan differs');
    await userEvent.keyboard('a');
    const dialog = await screen.findByRole('dialog', { name: 'Approve?' });
    const send = within(dialog).getByRole('button', { name: 'Approve' });
    expect(send).toBeDisabled();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await act(async () => answer());
    for (const text of [
      'from 6 to 12 replicas in production (production-eu)',
      'It says 4, the plan makes it 12',
      'The target is contested',
      'Targetpayment-api',
      'Environmentproduction',
      'Sourceproduction-eu',
      'Asked bydana-whitfield',
      'an agent acts for them, through plugin:mcp-actions',
      'unverified: “Noor Rahman (approved)U+202E”',
      'Critical: Core bank',
      '+$2.40 an hour',
      'What made it stricterNo baseline is known',
      'upper bound is 12',
    ]) {
      expect(dialog).toHaveTextContent(text);
    }
    expect(
      within(dialog).getByRole('link', { name: 'Open the whole request' }),
    ).toHaveAttribute('href', '/approvals/req-0001');
    expect(send).toBeDisabled();
    expect(dialog).toHaveTextContent('Tick that you have read it.');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(vote).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('checkbox', {
        name: 'I have read what does not add up',
      }),
    );
    expect(send).toBeEnabled();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(vote).toHaveBeenCalledTimes(1));
  });

  it('opens what wants something else than a vote', async () => {
    const { listRequests } = liveQueue([
      createRequestRow(0, { state: 'unknown' }),
    ]);
    renderPage({ listRequests });
    const [row] = await rowLinks();
    expect(row).toHaveTextContent('Outcome unknown');
    await userEvent.keyboard('a');
    expect(await screen.findByText('Back to the queue')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('hears no key that was held down before there was anything to see', async () => {
    const vote = jest.fn(async (id: string) => createGateRequest({ id }));
    renderPage({ vote });
    await list();
    await userEvent.keyboard('a');
    const dialog = await screen.findByRole('dialog', { name: 'Approve?' });
    await waitFor(() =>
      expect(
        within(dialog).getByRole('button', { name: 'Approve' }),
      ).toBeEnabled(),
    );
    const press = (repeat: boolean) =>
      fireEvent.keyDown(dialog, { key: 'Enter', ctrlKey: true, repeat });
    press(true);
    expect(vote).not.toHaveBeenCalled();
    press(false);
    await waitFor(() => expect(vote).toHaveBeenCalledTimes(1));
  });

  it('is live: the selection stays with its request when others come and go', async () => {
    const rows = createRequestRows(5);
    const { queue, listRequests } = liveQueue(rows);
    const signals = renderPage({ listRequests });
    await list();
    await userEvent.keyboard('jj');
    expect(await current()).toHaveTextContent('(3)');
    queue.rows = [createRequestRow(40), ...rows.slice(1)];
    act(() => signals.send({ id: 'req-0041', state: 'pending' }));
    expect(await screen.findByText(/\(41\)/)).toBeInTheDocument();
    expect(await current()).toHaveTextContent('(3)');
    expect(await current()).toHaveFocus();
  });

  it('answers a burst of signals once, and selects the next where the selected one is gone', async () => {
    const rows = createRequestRows(5);
    const { queue, listRequests } = liveQueue(rows);
    const signals = renderPage({ listRequests });
    await list();
    await userEvent.keyboard('j');
    const before = listRequests.mock.calls.length;
    queue.rows = rows.filter(({ id }) => id !== 'req-0002');
    for (let index = 0; index < 20; index++) {
      act(() => signals.send({ id: `req-${index}`, state: 'denied' }));
    }
    await waitFor(async () => expect(await rowLinks()).toHaveLength(4));
    expect(await current()).toHaveTextContent('(3)');
    expect(screen.getByText(/no longer in this list/)).toBeInTheDocument();
    expect(listRequests.mock.calls.length).toBe(before + 1);
  });

  it('reads again what changed while it was reading', async () => {
    // The look that the queue takes now and then would hide what is missed.
    const { setInterval } = window;
    jest
      .spyOn(window, 'setInterval')
      .mockImplementation(((look: () => void, ms: number) =>
        ms < 10_000 ? setInterval(look, ms) : 0) as typeof setInterval);
    const rows = createRequestRows(5);
    const { queue, listRequests } = liveQueue(rows);
    const signals = renderPage({ listRequests });
    await list();
    // An answer of before the change that comes after its signal.
    let answer = () => {};
    listRequests.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answer = () => resolve(pageOf(rows));
        }),
    );
    const before = listRequests.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(listRequests.mock.calls.length).toBe(before + 1);
    queue.rows = [createRequestRow(40), ...rows];
    act(() => signals.send({ id: 'req-0041', state: 'pending' }));
    // Longer than signals are gathered for; a slower machine only asks less.
    await act(() => new Promise(done => setTimeout(done, 600)));
    await act(async () => answer());
    expect(await screen.findByText(/\(41\)/)).toBeInTheDocument();
  });

  it('draws of ten thousand rows only those in view, and loads on', async () => {
    const rows = createRequestRows(1_000);
    const { listRequests } = liveQueue(rows);
    renderPage({ listRequests });
    expect((await rowLinks()).length).toBeLessThan(60);
    const [first] = await rowLinks();
    expect(first.parentElement).toHaveAttribute('aria-setsize', '1000');
    await userEvent.keyboard('{End}');
    await waitFor(async () =>
      expect(await current()).toHaveTextContent('(200)'),
    );
    await waitFor(() =>
      expect(listRequests.mock.lastCall?.[0].cursor).toBe('200'),
    );
  });

  it('shows text of others inert', async () => {
    const { listRequests } = liveQueue([
      createRequestRow(0, {
        summary: '<img src=x onerror=alert(1)> \u202Egnp.exe',
        requester: {
          ref: 'user:default/eve',
          kind: 'user',
          actor: 'plugin:mcp-actions',
          unverifiedName: '<b>root</b>',
        },
        mine: false,
      }),
    ]);
    renderPage({ listRequests });
    const [row] = await rowLinks();
    expect(row).toHaveTextContent(
      '<img src=x onerror=alert(1)> [U+202E]gnp.exe',
    );
    expect(row).toHaveTextContent('unverified: “<b>root</b>”');
    expect(row.querySelector('img')).toBeNull();
  });

  it('warns of halts, freezes, a closed gate and an unusable policy', async () => {
    renderPage({
      getStatus: async () =>
        createGateStatus({
          open: false,
          why: 'Permissions are off.',
          halts: [
            {
              scope: 'all',
              by: 'user:default/priya-raman',
              reason: 'Something is wrong',
              since: 1,
            },
          ],
          freezes: [{ name: 'quarter-end', reason: 'Books are closed' }],
          policy: { hash: 'x', origin: 'y', invalid: true },
        }),
    });
    for (const text of [
      'Permissions are off.',
      'Everything is halted',
      'Freeze: quarter-end',
      'The newest policy could not be used',
    ]) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
  });

  it('says that nothing wants me, and where something waits', async () => {
    const { listRequests } = liveQueue([]);
    renderPage({
      listRequests,
      getStatus: async () => createGateStatus({ mine: 0, pending: 3 }),
    });
    expect(await screen.findByText('Nothing wants you')).toBeInTheDocument();
    expect(
      await screen.findByText('3 requests wait for others.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show what waits' }),
    );
    expect(await screen.findByText('Nothing waits')).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const listRequests = jest
      .fn<ReturnType<GateApi['listRequests']>, [RequestQuery]>()
      .mockImplementationOnce(() =>
        refusal(403, 'NotAllowedError', 'You may not see requests.'),
      )
      .mockImplementation(async query => pageOf(createRequestRows(2), query));
    renderPage({ listRequests });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see requests.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rowLinks()).toHaveLength(2);
  });
});
