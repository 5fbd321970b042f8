import { renderTestApp } from '@backstage/frontend-test-utils';
import type {
  AuditAnchors,
  AuditQuery,
} from '@causeway/backstage-plugin-causeway-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type GateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createAuditEntries, createGateApi } from '../testing/createGateApi';
import { refusal } from '../testing/refusal';

function renderPage(answers: Partial<GateApi> = {}, path = '/audit') {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [
      [estateApiRef, createEstateApi()],
      [gateApiRef, createGateApi(answers)],
    ],
  });
}

const trail = () => screen.findByRole('list', { name: 'Audit trail' });

describe('the Audit page', () => {
  it('lists entries, with their detail on demand', async () => {
    renderPage();
    const [first] = within(await trail()).getAllByRole('button');
    expect(first).toHaveTextContent('Submitted');
    expect(first).toHaveTextContent('user:default/priya-raman');
    await userEvent.click(first);
    const detail = screen.getByRole('region', { name: 'Detail of entry 3' });
    expect(detail).toHaveTextContent('note: entry 3');
    expect(
      within(detail).getByRole('link', { name: 'req-0001' }),
    ).toHaveAttribute('href', '/approvals/req-0001');
  });

  it.each([
    ['ada', 'user:default/ada'],
    ['gate', 'gate'],
    ['subject:scaler', 'subject:scaler'],
  ])('finds who is called %s', async (typed, asked) => {
    const searchAudit = jest.fn(createGateApi().searchAudit);
    renderPage({ searchAudit }, `/audit?by=${typed}`);
    await trail();
    expect(searchAudit.mock.lastCall?.[0]).toMatchObject({ by: asked });
    expect(screen.getByRole('textbox', { name: 'Who' })).toHaveValue(typed);
  });

  it('marks what a program did', async () => {
    const [person, agent, service] = createAuditEntries(3);
    renderPage({
      searchAudit: async () => ({
        items: [
          { ...person, action: 'Submitted', detail: { request: {} } },
          {
            ...agent,
            action: 'Submitted',
            detail: { request: { agentKey: `${agent.by} via plugin:x` } },
          },
          { ...service, by: 'subject:scaler' },
        ],
        now: 1,
      }),
    });
    const rows = within(await trail()).getAllByRole('button');
    expect(
      rows.map(
        row =>
          within(row).queryByRole('img', { name: 'an agent or a service' }) !==
          null,
      ),
    ).toEqual([false, true, true]);
  });

  it('keeps its filters in the address, and honours them in the export', async () => {
    const searchAudit = jest.fn(async (_query: AuditQuery) => ({
      items: createAuditEntries(2),
      now: 1,
    }));
    const exportAudit = jest.fn(async (_query: AuditQuery) => new Blob(['{}']));
    const url = { create: URL.createObjectURL, revoke: URL.revokeObjectURL };
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    renderPage(
      { searchAudit, exportAudit },
      '/audit?type=vote&by=user:default/eve&from=2026-01-02T00:00:00Z',
    );
    await trail();
    const from = Date.parse('2026-01-02T00:00:00Z');
    expect(searchAudit.mock.calls[0][0]).toMatchObject({
      type: 'vote',
      by: 'user:default/eve',
      from,
    });
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Request' }),
      'req-0007',
    );
    await waitFor(() =>
      expect(searchAudit.mock.lastCall?.[0]).toMatchObject({
        requestId: 'req-0007',
        type: 'vote',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: /^Export/ }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(exportAudit.mock.calls[0][0]).toMatchObject({
      requestId: 'req-0007',
      type: 'vote',
      from,
    });
    click.mockRestore();
    URL.createObjectURL = url.create;
    URL.revokeObjectURL = url.revoke;
  });

  it('loads on from where it was', async () => {
    const all = createAuditEntries(4);
    renderPage({
      searchAudit: async ({ cursor }) =>
        cursor
          ? { items: all.slice(2), now: 1 }
          : { items: all.slice(0, 2), nextCursor: 'c', now: 1 },
    });
    expect(within(await trail()).getAllByRole('listitem')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(async () =>
      expect(within(await trail()).getAllByRole('listitem')).toHaveLength(4),
    );
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('verifies, and names where it is broken', async () => {
    const verifyAudit = jest
      .fn<ReturnType<GateApi['verifyAudit']>, []>()
      .mockResolvedValueOnce({ entries: 12_000, whole: true, durationMs: 104 })
      .mockResolvedValue({
        entries: 12_000,
        whole: false,
        broken: { seq: 77, why: 'its hash does not fit' },
        durationMs: 9,
      });
    renderPage({ verifyAudit });
    const button = await screen.findByRole('button', { name: 'Verify' });
    await userEvent.click(button);
    expect(await screen.findByText(/The trail is whole/)).toHaveTextContent(
      '12,000 entries, checked in 0.1 sec.',
    );
    await userEvent.click(button);
    expect(
      await screen.findByText(
        'The trail is broken at entry 77: its hash does not fit',
      ),
    ).toBeInTheDocument();
  });

  it('names what does not fit the anchors', async () => {
    renderPage({
      verifyAudit: async () => ({
        entries: 12,
        whole: false,
        durationMs: 9,
        anchors: {
          checkpoints: 2,
          findings: [
            {
              kind: 'gap',
              line: 2,
              why: 'checkpoint 2 is missing',
              advice: 'Compare with another sink.',
            },
          ],
        },
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify' }),
    );
    expect(
      await screen.findByText(
        'gap: checkpoint 2 is missing. Compare with another sink.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/The trail is whole/)).not.toBeInTheDocument();
  });

  const checkpoint = { number: 7, seq: 1201, at: 0, key: '9f2a'.repeat(8) };
  const file = { kind: 'file', name: '/anchors', delivered: 7 } as const;
  const anchors = { open: 0, sinks: [], now: 1 };
  it.each<[AuditAnchors, RegExp]>([
    [
      { ...anchors, state: 'off', why: 'no key is configured' },
      /^Nothing outside the database vouches for the trail: no key is configured\.$/,
    ],
    [{ ...anchors, state: 'waiting' }, /^Nothing is signed yet\.$/],
    [
      { ...anchors, state: 'anchored', anchored: checkpoint },
      /^Anchored up to entry 1,201, signed .*1970.* with key 9f2a9f2a9f2a\.$/,
    ],
    [
      { ...anchors, state: 'anchored', anchored: checkpoint, open: 2 },
      /2 newer entries are not signed yet\.$/,
    ],
    [
      {
        ...anchors,
        state: 'behind',
        anchored: checkpoint,
        sinks: [{ ...file, behind: 1 }],
      },
      /entry 1,201.* 1 checkpoint is on its way to \/anchors\.$/,
    ],
    [
      {
        ...anchors,
        state: 'behind',
        sinks: [
          { ...file, behind: 3, failing: { since: 0, why: 'It is full' } },
          { ...file, behind: 0, name: 'https://elsewhere' },
        ],
      },
      /^Nothing is anchored yet\. 3 checkpoints wait, since .*1970.* nothing gets to \/anchors: It is full$/,
    ],
    [
      {
        ...anchors,
        state: 'refused',
        why: 'entry 4 was changed',
        anchored: checkpoint,
      },
      /^The gate does not sign the trail any more: entry 4 was changed\. Anchored up to entry 1,201/,
    ],
  ])('says in one line what vouches for it: %j', async (told, words) => {
    renderPage({ getAuditAnchors: async () => told });
    const line = await screen.findByRole('status', { name: 'Anchors' });
    expect(line.textContent).toMatch(words);
  });

  it('shows the trail where it is not known what vouches for it', async () => {
    renderPage({
      getAuditAnchors: () =>
        refusal(503, 'ServiceUnavailableError', 'Away for a while.'),
    });
    expect(
      await screen.findByRole('status', { name: 'Anchors' }),
    ).toHaveTextContent('is not known: Away for a while.');
    expect(await trail()).toBeInTheDocument();
  });

  it('says who may read it to those who may not', async () => {
    renderPage({
      searchAudit: () =>
        refusal(
          403,
          'NotAllowedError',
          'Members of group:default/security read the audit trail',
        ),
    });
    expect(
      await screen.findByText('The audit trail is not for you to read'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Members of group:default/security read the audit trail',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/causeway\.gate\.auditors/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Verify' }),
    ).not.toBeInTheDocument();
  });

  it('says that nothing is there, and what failed', async () => {
    const searchAudit = jest
      .fn<ReturnType<GateApi['searchAudit']>, []>()
      .mockImplementationOnce(() =>
        refusal(503, 'ServiceUnavailableError', 'Away for a while.'),
      )
      .mockResolvedValue({ items: [], now: 1 });
    renderPage({ searchAudit });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Away for a while.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('Nothing is on record yet'),
    ).toBeInTheDocument();
  });
});
