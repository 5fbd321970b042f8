import { renderTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type {
  GateStatus,
  Halt,
} from '@causeway/backstage-plugin-causeway-common';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent as user } from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type GateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createGateApi, createGateStatus } from '../testing/createGateApi';
import { createSignals } from '../testing/createSignals';
import { createGateRequest } from '../testing/gateRequest';
import { refusal } from '../testing/refusal';

const userEvent = user.setup({ pointerEventsCheck: 0 });

const agent = 'user:default/dana-whitfield via plugin:mcp-actions';
const priya = 'user:default/priya-raman';

/** A gate that can be halted, and knows who did it. */
function haltable(rest: Partial<GateStatus> = {}) {
  const gate = { halts: [] as Halt[] };
  const answers = {
    getStatus: jest.fn(async () =>
      createGateStatus({
        open: !gate.halts.some(({ scope }) => scope === 'all'),
        halts: gate.halts,
        choices: { halt: { allowed: true }, readAudit: { allowed: true } },
        ...rest,
      }),
    ),
    halt: jest.fn(async ({ scope, reason }: Pick<Halt, 'scope' | 'reason'>) => {
      gate.halts = [...gate.halts, { scope, reason, by: priya, since: 1 }];
      return gate.halts;
    }),
    resume: jest.fn(async ({ scope }: Pick<Halt, 'scope' | 'reason'>) => {
      gate.halts = gate.halts.filter(halt => halt.scope !== scope);
      return gate.halts;
    }),
  };
  return { gate, answers };
}

function renderPage(path: string, answers: Partial<GateApi>) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [
      [estateApiRef, createEstateApi()],
      [gateApiRef, createGateApi(answers)],
      [signalApiRef, createSignals().api],
    ],
  });
}

const button = (name: string) => screen.findByRole('button', { name });
const dialog = (name: string) => screen.findByRole('dialog', { name });
const isGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

describe('halting', () => {
  it('stops everything by keyboard, says what will happen first, and lets it go on', async () => {
    const { answers } = haltable();
    renderPage('/approvals', answers);
    (await button('Halt everything')).focus();
    await userEvent.keyboard('{Enter}');
    const halting = await dialog('Halt everything?');
    for (const text of [
      'Nothing begins any more, not even what is approved.',
      'Nobody can ask for anything.',
      'What runs already goes on to its end.',
    ]) {
      expect(halting).toHaveTextContent(text);
    }
    expect(within(halting).getByRole('textbox')).toHaveFocus();
    // Without a reason nothing happens, and letters are no keys of the queue.
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(answers.halt).not.toHaveBeenCalled();
    await userEvent.keyboard('jad{Control>}{Enter}{/Control}');
    await isGone();
    expect(answers.halt).toHaveBeenCalledWith({ scope: 'all', reason: 'jad' });
    const notice = (await screen.findByText('Everything is halted')).closest(
      '[role=status]',
    );
    expect(notice).toHaveTextContent('jad (by priya-raman');
    expect(screen.queryByText('The gate is closed')).not.toBeInTheDocument();
    expect(await button('Resume everything')).toHaveFocus();

    await userEvent.keyboard('{Enter}');
    expect(await dialog('Let everything go on?')).toHaveTextContent(
      'Halted by priya-raman: jad',
    );
    await userEvent.keyboard('over{Control>}{Enter}{/Control}');
    await isGone();
    expect(answers.resume).toHaveBeenCalledWith({
      scope: 'all',
      reason: 'over',
    });
    expect(await button('Halt everything')).toHaveFocus();
    expect(screen.queryByText('Everything is halted')).not.toBeInTheDocument();
  });

  it('does nothing where one thinks better of it', async () => {
    const { answers } = haltable();
    renderPage('/approvals', answers);
    const open = await button('Halt everything');
    await userEvent.click(open);
    await dialog('Halt everything?');
    await userEvent.keyboard('not yet{Escape}');
    await isGone();
    expect(open).toHaveFocus();
    await userEvent.click(open);
    // What was written then is not lying in wait.
    expect(
      within(await dialog('Halt everything?')).getByRole('textbox'),
    ).toHaveValue('');
    await userEvent.click(await button('Cancel'));
    await isGone();
    expect(answers.halt).not.toHaveBeenCalled();
  });

  it('stops the agent that asks, from its request, and not the person', async () => {
    const { answers } = haltable();
    renderPage('/approvals/req-0001', answers);
    await userEvent.click(await button('Halt this agent'));
    const halting = await dialog('Halt this agent?');
    expect(halting).toHaveTextContent(
      'Agent: dana-whitfield via plugin:mcp-actions',
    );
    expect(halting).toHaveTextContent('Others go on as before.');
    await userEvent.type(within(halting).getByRole('textbox'), 'It runs wild');
    await userEvent.click(
      within(halting).getByRole('button', { name: 'Halt this agent' }),
    );
    await isGone();
    expect(answers.halt).toHaveBeenCalledWith({
      scope: agent,
      reason: 'It runs wild',
    });
    expect(
      await screen.findByText('Halted: dana-whitfield via plugin:mcp-actions'),
    ).toBeInTheDocument();
    expect(screen.getByText('This agent is halted.')).toBeInTheDocument();
    expect(await button('Resume this agent')).toBeInTheDocument();
  });

  it('offers no agent to halt where a person asks', async () => {
    const { answers } = haltable({
      freezes: [{ name: 'quarter-end', reason: 'Books are closed' }],
    });
    const { actor, unverifiedName, ...requester } =
      createGateRequest().requester;
    renderPage('/approvals/req-0001', {
      ...answers,
      getRequest: async () => createGateRequest({ requester }),
    });
    await screen.findByText('Who asks and why');
    // What the gate says of halting has come.
    await screen.findByText('Freeze: quarter-end');
    expect(screen.queryByText(/^Halt this/)).not.toBeInTheDocument();
  });

  it('resumes from the notice, whatever page it stands on', async () => {
    const { gate, answers } = haltable();
    gate.halts = [
      { scope: 'subject:scaler', by: 'gate', reason: 'Repetition', since: 1 },
    ];
    renderPage('/policy', answers);
    await userEvent.click(await button('Resume (Halted: scaler)'));
    const resuming = await dialog('Let this agent go on?');
    expect(resuming).toHaveTextContent('Halted by gate: Repetition');
    await userEvent.type(within(resuming).getByRole('textbox'), 'Mended');
    await userEvent.click(
      within(resuming).getByRole('button', { name: 'Resume' }),
    );
    await isGone();
    expect(answers.resume).toHaveBeenCalledWith({
      scope: 'subject:scaler',
      reason: 'Mended',
    });
    await waitFor(() =>
      expect(screen.queryByText('Halted: scaler')).not.toBeInTheDocument(),
    );
  });

  it('says why it could not be done, and keeps what was written', async () => {
    const { gate, answers } = haltable();
    answers.halt.mockImplementation(async () => {
      gate.halts = [{ scope: 'all', by: priya, reason: 'First', since: 1 }];
      return refusal(409, 'ConflictError', 'all is halted already');
    });
    renderPage('/approvals', answers);
    await userEvent.click(await button('Halt everything'));
    const halting = await dialog('Halt everything?');
    await userEvent.type(within(halting).getByRole('textbox'), 'Second');
    await userEvent.click(
      within(halting).getByRole('button', { name: 'Halt everything' }),
    );
    expect(await within(halting).findByRole('alert')).toHaveTextContent(
      'all is halted already',
    );
    expect(within(halting).getByRole('textbox')).toHaveValue('Second');
    // It is as the gate says by now, and one reads so behind the dialog.
    expect(await screen.findByText('First')).toBeInTheDocument();
  });

  it('is seen by everybody, and switched by those who may only', async () => {
    const { gate, answers } = haltable({
      choices: createGateStatus().choices,
    });
    gate.halts = [
      { scope: 'all', by: priya, reason: 'A\u202Ewrong', since: 1 },
      { scope: agent, by: 'gate', reason: 'Repetition', since: 1 },
    ];
    renderPage('/approvals/req-0001', answers);
    expect(await screen.findByText('Everything is halted')).toBeInTheDocument();
    expect(screen.getByText('U+202E')).toBeInTheDocument();
    expect(
      await screen.findByText('This agent is halted.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Halt|Resume/ }),
    ).not.toBeInTheDocument();
  });
});
