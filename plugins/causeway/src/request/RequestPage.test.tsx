import { renderTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent as user } from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type EstateApi, type GateApi } from '../api';
import { planBounds } from '../lib/planRows';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createGateApi } from '../testing/createGateApi';
import { createSignals } from '../testing/createSignals';
import { createEstateGraph } from '../testing/estateGraph';
import {
  createGateRequest,
  fixturePlan,
  fixtureRecommendation,
} from '../testing/gateRequest';
import { refusal } from '../testing/refusal';

const userEvent = user.setup({ pointerEventsCheck: 0 });

function renderRequest(
  request: GateRequest = createGateRequest(),
  answers: Partial<GateApi> = {},
  estate: Partial<EstateApi> = {},
) {
  const signals = createSignals();
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [`/approvals/${request.id}`],
    apis: [
      [estateApiRef, createEstateApi(estate)],
      [
        gateApiRef,
        createGateApi({ getRequest: async () => request, ...answers }),
      ],
      [signalApiRef, signals.api],
    ],
  });
  return signals;
}

// By role the whole page would be gone through each time, which takes seconds.
const section = async (name: string) =>
  (await screen.findByText(name, { selector: 'h2' })).closest<HTMLElement>(
    'section',
  )!;
const bar = () => screen.findByLabelText('Decision');
const approveButton = async () =>
  within(await bar()).getByRole('button', { name: 'Approve' });
const denyButton = async () =>
  within(await bar()).getByRole('button', { name: 'Deny' });

const changed = createGateRequest({
  revision: 4,
  digest: `ffff${createGateRequest().digest.slice(4)}`,
  plan: {
    ...fixturePlan,
    changes: [{ ...fixturePlan.changes[0], after: 24 }],
  },
});

afterEach(() => {
  delete (window as Partial<typeof window>).IntersectionObserver;
});

describe('one request on one screen', () => {
  it('answers what, who, why, how much and who decides', async () => {
    renderRequest();
    expect(
      await screen.findByText(
        'Scale Deployment payments/payment-api from 6 to 12 replicas',
        {
          selector: 'h2 *',
        },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('in production (production-eu)', { selector: 'h2 *' }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Tier 2: people review it')).not.toHaveLength(0);
    const expected: [string, string[]][] = [
      ['What will change', ['Replicas', '6 pods', '12 pods', 'upper bound']],
      [
        'Who asks and why',
        [
          'The campaign doubled the load',
          'dana-whitfield',
          'plugin:mcp-actions',
          '“scaler”',
          'nobody checked this name',
        ],
      ],
      [
        'Decision record',
        [
          'Written by the agent',
          'Checkout is slow',
          'p95 latency',
          '1,840 ms',
          'Raise CPU limits: needs a restart under load',
          '86%',
          'The plan says the same',
        ],
      ],
      ['Why policy decided so', ['2 times the baseline', 'bound-exceeded']],
      [
        'Who decides',
        [
          '1 of 2 approvals. 1 more person has to approve, among them 1 of security.',
          'priya-raman approved',
          'unattested, looked for 48 sec',
          'members of payments, platform, security',
        ],
      ],
      ['Target', ['payment-api', 'production', 'payments', '3 min. ago']],
      ['What depends on it', ['14 entities depend on it', 'production 12']],
      ['Cost and limits', ['+$2.40 an hour', '$500.00', 'Within']],
      [
        'How often this agent was right',
        ['right in 47 of 51', 'in at least 82%'],
      ],
      [
        'If it goes wrong',
        ['Watched for 5 min', 'undone by itself', 'Scale it back to 6'],
      ],
      ['Time', ['3 hr 48 min left']],
      ['What happened', ['Submitted', 'Vote cast']],
    ];
    for (const [name, texts] of expected) {
      const part = await section(name);
      for (const text of texts) {
        expect(part).toHaveTextContent(text);
      }
    }
    expect(await bar()).toHaveTextContent('4f9c2a7be1d0');
    expect(await approveButton()).toBeEnabled();
    expect(await denyButton()).toBeEnabled();
  });

  it('draws what depends on it directly, when one comes there', async () => {
    const component = 'component:default/payment-api';
    const getGraph = jest.fn<
      ReturnType<EstateApi['getGraph']>,
      Parameters<EstateApi['getGraph']>
    >(async () => {
      const graph = createEstateGraph();
      const { entityRef: from } = graph.nodes[1];
      const needs = { from, type: 'dependsOn', to: graph.rootRef };
      return { ...graph, edges: [...graph.edges, needs] };
    });
    const looks: (() => void)[] = [];
    window.IntersectionObserver = class {
      readonly #look: () => void;
      constructor(tell: (entries: unknown[]) => void) {
        this.#look = () => tell([{ isIntersecting: true }]);
      }
      observe() {
        looks.push(this.#look);
      }
      disconnect() {}
    } as never;
    const { blastRadius } = createGateRequest();
    renderRequest(
      createGateRequest({ blastRadius: { ...blastRadius!, of: component } }),
      {},
      { getGraph },
    );
    const part = await section('What depends on it');
    expect(getGraph).not.toHaveBeenCalled();
    act(() => looks.forEach(look => look()));
    expect(
      await within(part).findByRole('group', {
        name: 'What depends on payment-api directly',
      }),
    ).toBeInTheDocument();
    expect(getGraph.mock.calls[0][0]).toMatchObject({
      entityRef: component,
      direction: 'backward',
    });
  });

  it('says one of something as one, and promises nothing that is not there', async () => {
    const { assessment, blastRadius } = createGateRequest();
    renderRequest(
      createGateRequest({
        plan: {
          ...fixturePlan,
          changes: [{ ...fixturePlan.changes[0], after: 1 }],
        },
        blastRadius: { ...blastRadius!, total: 1, atLeast: true },
        quorum: {
          met: false,
          approvals: 0,
          needed: 1,
          required: [],
          feasible: true,
          missing: '',
        },
        assessment: {
          ...assessment,
          limits: [{ ...assessment.limits[0], action: 'auto-stop' }],
        },
      }),
    );
    const changes = await section('What will change');
    expect(within(changes).getByText('1 pod')).toBeInTheDocument();
    expect(within(changes).getByText('6 pods')).toBeInTheDocument();
    expect(await section('What depends on it')).toHaveTextContent(
      'at least 1 entity depends',
    );
    expect(await section('Who decides')).toHaveTextContent('0 of 1 approval.');
    const limits = await section('Cost and limits');
    expect(limits).toHaveTextContent('auto-stop, so far only an alert');
    expect(limits).not.toHaveTextContent(/stops|reverses/);
  });

  it('denies only with a comment where policy wants one', async () => {
    const vote = jest.fn(async () =>
      createGateRequest({ revision: 4, state: 'denied' }),
    );
    renderRequest(createGateRequest(), { vote });
    await bar();
    await userEvent.keyboard('d');
    const dialog = await screen.findByRole('dialog', { name: 'Deny?' });
    const send = within(dialog).getByRole('button', { name: 'Deny' });
    expect(send).toBeDisabled();
    expect(dialog).toHaveTextContent('A comment is needed.');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Why not/ }),
      'not before noon',
    );
    await userEvent.click(send);
    expect(vote).toHaveBeenCalledWith('req-0001', {
      decision: 'deny',
      digest: createGateRequest().digest,
      comment: 'not before noon',
      lookedFor: expect.any(Number),
    });
    expect(await screen.findByText('Your vote is in.')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByLabelText('Decision')).toBeNull());
  });

  it('says why one cannot vote', async () => {
    const { choices } = createGateRequest();
    renderRequest(
      createGateRequest({
        choices: {
          ...choices!,
          vote: { allowed: false, why: 'You asked for it.' },
        },
      }),
    );
    expect(await approveButton()).toBeDisabled();
    expect(await approveButton()).toHaveAccessibleDescription(
      'You asked for it.',
    );
    await userEvent.keyboard('a');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('approves nothing of which a part is hidden, until it is shown', async () => {
    renderRequest(
      createGateRequest({
        plan: {
          ...fixturePlan,
          changes: [
            {
              path: 'spec.template',
              label: 'Template',
              before: 'short',
              after: `${'x'.repeat(planBounds.characters)} and the end`,
            },
          ],
        },
      }),
    );
    expect(await approveButton()).toBeDisabled();
    expect(await bar()).toHaveTextContent('is hidden. Show it first.');
    expect(await denyButton()).toBeEnabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show everything' }),
    );
    expect(screen.getByText(/and the end$/)).toBeInTheDocument();
    expect(await approveButton()).toBeEnabled();
  });

  it('shows the rest when one part cannot be shown, and approves nothing then', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    renderRequest(
      createGateRequest({
        plan: { ...fixturePlan, dryRun: undefined as never },
      }),
    );
    const part = await section('What will change');
    expect(part).toHaveTextContent('This part could not be shown');
    expect(await section('Who decides')).toHaveTextContent('1 of 2');
    expect(await approveButton()).toBeDisabled();
    expect(await bar()).toHaveTextContent(
      'What will change could not be shown.',
    );
    error.mockRestore();
  });

  it('shows what an agent wrote as text, whatever it wrote', async () => {
    const hostile = [
      '<script>window.hacked = true</script>',
      '[click](javascript:alert(1))',
      // eslint-disable-next-line no-script-url
      'javascript:alert(document.cookie)',
      '\u202Etxt.exe\u2066\u200B',
      'https://trusted.example@evil.example/login',
      '![x](https://evil.example/pixel.png)',
    ].join(' ');
    renderRequest(
      createGateRequest({
        reason: hostile,
        recommendation: {
          ...fixtureRecommendation,
          asked: hostile,
          rationale: `${hostile} https://fine.example/a`,
          model: hostile,
          constraints: ['z'.repeat(5_000)],
          decided: [{ path: 'spec.replicas', current: 6, proposed: 48 }],
        },
        discrepancies: ['It says 48, the plan says 12.'],
      }),
    );
    const record = await section('Decision record');
    expect(record.querySelector('script, img')).toBeNull();
    const links = within(record).getAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      'https://evil.example/pixel.png',
      'https://evil.example/pixel.png',
      'https://fine.example/a',
    ]);
    expect(record).toHaveTextContent(
      'https://fine.example/a (on fine.example)',
    );
    expect(links[2]).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    expect(record).toHaveTextContent('U+202E');
    const warning = screen.getByText('It says 48, the plan says 12.');
    expect(record).not.toContainElement(warning);
    expect(
      warning.compareDocumentPosition(screen.getByLabelText('At a glance')),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(record).toHaveTextContent('The plan says otherwise: 12');
    expect(record).not.toHaveTextContent('z'.repeat(2_000));
    expect(
      within(record).getByRole('button', { name: 'Show all of it' }),
    ).toBeInTheDocument();
  });

  it('shows what changed when the gate has another digest, and asks to look again', async () => {
    const vote = jest
      .fn<ReturnType<GateApi['vote']>, Parameters<GateApi['vote']>>()
      .mockImplementationOnce(() =>
        refusal(409, 'ConflictError', 'Another digest by now'),
      )
      .mockImplementation(async () => changed);
    let now = createGateRequest();
    renderRequest(createGateRequest(), {
      vote,
      getRequest: async () => now,
    });
    await bar();
    now = changed;
    await userEvent.keyboard('a');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('It changed while you looked');
    expect(alert).toHaveTextContent('4f9c2a7be1d0');
    expect(alert).toHaveTextContent('Plan, Replicas: 6 → 12 6 → 24');
    const send = within(dialog).getByRole('button', { name: 'Approve' });
    expect(send).toBeDisabled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'I have looked' }),
    );
    await userEvent.click(send);
    expect(vote.mock.lastCall?.[1]).toMatchObject({ digest: changed.digest });
  });

  it('stops a vote when a live change comes between', async () => {
    let now = createGateRequest();
    const signals = renderRequest(createGateRequest(), {
      getRequest: async () => now,
    });
    expect(await approveButton()).toBeEnabled();
    now = changed;
    act(() => signals.send({ id: 'req-0001', state: 'pending' }));
    await waitFor(async () => expect(await approveButton()).toBeDisabled());
    expect(await denyButton()).toBeDisabled();
    expect(await bar()).toHaveTextContent('It changed while you looked.');
    await userEvent.click(
      screen.getByRole('button', { name: 'I have looked' }),
    );
    expect(await approveButton()).toBeEnabled();
  });

  it('says that a vote is in for as long as it counts', async () => {
    const { choices } = createGateRequest();
    const mayTakeBack = { ...choices!, withdrawVote: { allowed: true } };
    const approved = createGateRequest({ revision: 4, choices: mayTakeBack });
    let now = createGateRequest();
    const signals = renderRequest(createGateRequest(), {
      getRequest: async () => now,
      vote: async () => approved,
    });
    await bar();
    await userEvent.keyboard('a');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(await screen.findByText('Your vote is in.')).toBeInTheDocument();
    now = createGateRequest({
      revision: 5,
      stateReason: 'Refused: Frozen: the books are closed.',
      choices: { ...choices!, withdrawVote: { allowed: false } },
      assessment: {
        ...now.assessment,
        outcome: 'refuse',
        summary: 'Refused: Frozen: the books are closed.',
      },
    });
    act(() => signals.send({ id: 'req-0001', state: 'pending' }));
    await waitFor(async () =>
      expect(await bar()).toHaveTextContent(
        'It cannot be approved now. Refused: Frozen: the books are closed.',
      ),
    );
    expect(screen.queryByText('Your vote is in.')).not.toBeInTheDocument();
    expect(await denyButton()).toBeEnabled();
  });

  it('shows why a vote was not counted', async () => {
    renderRequest(createGateRequest(), {
      vote: () => refusal(403, 'NotAllowedError', 'You left the group.'),
    });
    await bar();
    await userEvent.keyboard('a');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'You left the group.',
    );
  });

  it('takes feedback when it has run', async () => {
    const { choices } = createGateRequest();
    const giveFeedback = jest.fn(createGateApi().giveFeedback);
    renderRequest(
      createGateRequest({
        state: 'succeeded',
        choices: { ...choices!, feedback: { allowed: true } },
      }),
      { giveFeedback },
    );
    const part = await section('Was it right?');
    await userEvent.click(within(part).getByRole('button', { name: 'Right' }));
    await userEvent.type(within(part).getByRole('textbox'), 'held the load');
    await userEvent.click(within(part).getByRole('button', { name: 'Send' }));
    expect(giveFeedback).toHaveBeenCalledWith('req-0001', {
      verdict: 'right',
      comment: 'held the load',
    });
    expect(await within(part).findByText('held the load')).toBeInTheDocument();
    expect(screen.queryByLabelText('Decision')).toBeNull();
  });

  it('asks what came of it where nobody knows, and wants to hear why', async () => {
    const { choices } = createGateRequest();
    const reconcile = jest.fn(createGateApi().reconcile);
    renderRequest(
      createGateRequest({
        state: 'unknown',
        choices: { ...choices!, reconcile: { allowed: true } },
      }),
      { reconcile },
    );
    const part = await section('What came of it?');
    const took = within(part).getByRole('button', { name: 'It took effect' });
    expect(took).toBeDisabled();
    await userEvent.type(within(part).getByRole('textbox'), 'saw 12 pods');
    await userEvent.click(took);
    expect(reconcile).toHaveBeenCalledWith('req-0001', {
      outcome: 'succeeded',
      comment: 'saw 12 pods',
    });
    await waitFor(() =>
      expect(
        screen.queryByText('What came of it?', { selector: 'h2' }),
      ).toBeNull(),
    );
  });

  it('says who found what, where the gate could not tell', async () => {
    const message = 'It got no answer: nobody can say whether it took effect';
    const { events } = createGateRequest();
    renderRequest(
      createGateRequest({
        state: 'succeeded',
        stateReason: 'saw 12 pods',
        execution: { attempt: 1, startedAt: 1, state: 'succeeded', message },
        events: [
          ...events,
          {
            seq: 4,
            type: 'Reconciled',
            at: 2,
            by: 'user:default/dan',
            message: 'Found that it took effect',
          },
        ],
      }),
    );
    const part = await section('Execution');
    const [attempt, found] = within(part).getAllByRole('definition');
    expect(attempt).toHaveTextContent('Outcome unknown');
    expect(attempt).toHaveTextContent(message);
    expect(attempt).not.toHaveTextContent('Succeeded');
    expect(found).toHaveTextContent('Succeeded');
    expect(found).toHaveTextContent(
      /dan .*: Found that it took effect. “saw 12 pods”/,
    );
  });

  it.each<[GateRequest['assessment']['outcome'], GateRequest['state'], string]>(
    [
      [
        'run',
        'succeeded',
        'Policy let it run: nobody had to approve it.Within bounds. Decided by policy/decisions/small',
      ],
      ['refuse', 'refused', 'Policy refused it: nobody was asked.'],
      ['review', 'expired', 'Nobody voted.'],
    ],
  )('awaits no votes where %s ended in %s', async (outcome, state, text) => {
    const { assessment, quorum } = createGateRequest();
    renderRequest(
      createGateRequest({
        state,
        votes: [],
        quorum: { ...quorum, approvals: 0 },
        decidedBy: 'policy/decisions/small',
        assessment: { ...assessment, outcome, summary: 'Within bounds.' },
      }),
    );
    const part = await section('Who decides');
    expect(part).toHaveTextContent(text);
    expect(part).not.toHaveTextContent('0 of 2');
  });

  it('speaks of an agent’s record only where an agent asked', async () => {
    const { choices, requester } = createGateRequest();
    renderRequest(
      createGateRequest({
        state: 'succeeded',
        requester: { ...requester, actor: undefined },
        choices: { ...choices!, feedback: { allowed: true } },
        feedback: [
          { by: 'user:default/ben', at: 1, verdict: 'right', counts: false },
        ],
      }),
    );
    const part = await section('Was it right?');
    expect(part).toHaveTextContent('kept with the request');
    expect(part).not.toHaveTextContent('agent');
    expect(part).not.toHaveTextContent('count');
  });

  it('hands a manual task over, and hears that it is done', async () => {
    const { assessment, choices } = createGateRequest();
    const complete = jest.fn(createGateApi().complete);
    renderRequest(
      createGateRequest({
        state: 'manual',
        assessment: {
          ...assessment,
          tier: 3,
          manual: {
            runbook: 'https://runbooks.example/failover',
            checklist: ['Call the bank'],
            doneBy: ['group:default/platform'],
          },
        },
        choices: { ...choices!, complete: { allowed: true } },
      }),
      { complete },
    );
    const part = await section('Is it done?');
    expect(part).toHaveTextContent('Call the bank');
    await userEvent.click(
      within(part).getByRole('button', { name: 'It is done' }),
    );
    expect(complete).toHaveBeenCalledWith('req-0001', undefined);
  });

  it('says what failed when it cannot be read', async () => {
    renderRequest(createGateRequest(), {
      getRequest: () =>
        refusal(404, 'NotFoundError', 'There is no such request.'),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such request.',
    );
  });
});
