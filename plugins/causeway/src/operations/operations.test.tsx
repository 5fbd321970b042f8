import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type GateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import {
  createGateApi,
  createGateStatus,
  createPreview,
  scaleWorkload,
} from '../testing/createGateApi';
import { createEntityEstate } from '../testing/entityEstate';
import { fixtureAssessment } from '../testing/gateRequest';
import { paymentApi } from '../testing/payment';
import { refusal } from '../testing/refusal';
import { createRequestRow, pageOf } from '../testing/requestRows';
import { askTargets, operationsFor } from './askTargets';

function renderEntity(
  extension:
    'entity-content:causeway/operations' | 'entity-card:causeway/requests',
  answers: Partial<GateApi> = {},
  entity: Entity = paymentApi,
) {
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      plugin.getExtension(extension),
      // Where links to requests lead.
      plugin.getExtension('page:causeway/approvals'),
    ],
    apis: [
      [estateApiRef, createEstateApi()],
      [gateApiRef, createGateApi(answers)],
    ],
  });
}

const tab = 'entity-content:causeway/operations';

async function openScaling() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Ask for: Scale a workload' }),
  );
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(
    within(dialog).getByRole('combobox', { name: 'Target' }),
  );
  await userEvent.click(
    screen.getByRole('option', { name: /production-eu \/ payments/ }),
  );
  const input = within(dialog).getByRole('spinbutton', { name: /Replicas/ });
  await userEvent.type(input, '12');
  return dialog;
}

describe('askTargets', () => {
  it('is the service and its parts, production first', () => {
    const targets = askTargets(paymentApi, createEntityEstate());
    expect(targets[0].entityRef).toBe('component:default/payment-api');
    expect(
      targets.filter(({ type }) => type === 'kubernetes-workload'),
    ).toHaveLength(4);
    expect(operationsFor([scaleWorkload], targets)).toHaveLength(1);
    expect(operationsFor([scaleWorkload], targets.slice(0, 1))).toEqual([]);
  });
});

describe('the Operations tab', () => {
  it('asks about the service and its parts', async () => {
    const listRequests = jest.fn(createGateApi().listRequests);
    renderEntity(tab, { listRequests });
    const recent = await screen.findByRole('list', {
      name: 'Requests about it',
    });
    expect(within(recent).getAllByRole('listitem')).toHaveLength(5);
    const target = listRequests.mock.calls[0][0].target!.split(',');
    expect(target).toContain('component:default/payment-api');
    expect(target).toContain(
      'resource:default/production-eu.payments.deployment.payment-api',
    );
  });

  it('asks for an operation, with what would come of it beside the form', async () => {
    const submit = jest.fn(createGateApi().submit);
    renderEntity(tab, { submit });
    const dialog = await openScaling();
    expect(
      await within(dialog).findByText('People would be asked'),
    ).toBeInTheDocument();
    const ask = within(dialog).getByRole('button', { name: 'Ask' });
    expect(ask).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'load doubled',
    );
    await userEvent.click(ask);
    expect(
      await within(dialog).findByRole('link', { name: 'Open the request' }),
    ).toHaveAttribute('href', '/approvals/req-0042');
    expect(submit).toHaveBeenCalledWith({
      operation: 'scale-workload',
      target: 'resource:default/production-eu.payments.deployment.payment-api',
      input: { replicas: 12 },
      reason: 'load doubled',
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('makes a retry of the same the same request', async () => {
    const submit = jest
      .fn<ReturnType<GateApi['submit']>, Parameters<GateApi['submit']>>()
      .mockImplementationOnce(() =>
        refusal(503, 'ServiceUnavailableError', 'Not now.'),
      )
      .mockImplementation(createGateApi().submit);
    renderEntity(tab, { submit });
    const dialog = await openScaling();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'load',
    );
    const ask = within(dialog).getByRole('button', { name: 'Ask' });
    await userEvent.click(ask);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Not now.',
    );
    await userEvent.click(ask);
    await within(dialog).findByRole('link', { name: 'Open the request' });
    const [first, second] = submit.mock.calls.map(
      ([{ idempotencyKey }]) => idempotencyKey,
    );
    expect(first).toBe(second);
  });

  it('says that it runs at once, or why it is refused and what to do', async () => {
    let assessment = {
      ...fixtureAssessment,
      outcome: 'run' as 'run' | 'refuse',
      summary: '7 is within half of 6.',
    };
    renderEntity(tab, { assess: async () => createPreview({ assessment }) });
    const dialog = await openScaling();
    expect(
      await within(dialog).findByText(
        'This runs at once: 7 is within half of 6.',
      ),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Ask, and run at once' }),
    ).toBeInTheDocument();
    assessment = {
      ...assessment,
      outcome: 'refuse',
      refusals: [
        { reason: 'Git manages it.', hint: 'Open a pull request first.' },
      ],
    };
    await userEvent.type(
      within(dialog).getByRole('spinbutton', { name: /Replicas/ }),
      '{Backspace}',
    );
    expect(
      await within(dialog).findByText('Open a pull request first.'),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: 'Ask' })).toBeDisabled();
  });

  it('says what is wrong with the input, and asks nothing then', async () => {
    const assess = jest.fn(createGateApi().assess);
    renderEntity(tab, { assess });
    const dialog = await openScaling();
    await waitFor(() => expect(assess).toHaveBeenCalled());
    const before = assess.mock.calls.length;
    await userEvent.type(
      within(dialog).getByRole('spinbutton', { name: /Replicas/ }),
      '999',
    );
    expect(await within(dialog).findByText(/must be <= 200/)).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Ask' })).toBeDisabled();
    expect(assess.mock.calls.length).toBe(before);
  });

  it('offers nothing while the gate is closed, and says so', async () => {
    renderEntity(tab, {
      getStatus: async () =>
        createGateStatus({ open: false, why: 'Permissions are off.' }),
    });
    expect(await screen.findByText('Permissions are off.')).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: 'Ask for: Scale a workload' }),
    ).toBeDisabled();
  });

  it('says that nothing can be asked for here', async () => {
    renderEntity(tab, { listOperations: async () => [] });
    expect(
      await screen.findByText('Nothing can be asked for here'),
    ).toBeInTheDocument();
  });
});

describe('the Requests card', () => {
  it('shows the latest, and leads to all', async () => {
    renderEntity('entity-card:causeway/requests');
    const recent = await screen.findByRole('list', {
      name: 'Requests about it',
    });
    expect(recent).toHaveTextContent('Waiting for approval');
    expect(recent).toHaveTextContent('dana-whitfield');
  });

  it('shows first what somebody still has to do with, and marks agents', async () => {
    // The oldest of all waits, and another one nobody knows the outcome of.
    const rows = Array.from({ length: 8 }, (_, index) =>
      createRequestRow(index, {
        state: (['succeeded', 'unknown', 'pending'] as const)[
          Math.max(0, index - 5)
        ],
      }),
    );
    renderEntity('entity-card:causeway/requests', {
      listRequests: async query =>
        pageOf(
          rows.filter(({ state }) => query.state?.includes(state) ?? true),
          query,
        ),
    });
    const lines = within(
      await screen.findByRole('list', { name: 'Requests about it' }),
    ).getAllByRole('listitem');
    expect(lines.map(line => /\((\d)\)/.exec(line.textContent!)?.[1])).toEqual([
      '7',
      '8',
      '1',
      '2',
      '3',
    ]);
    expect(lines[0]).toHaveTextContent('Outcome unknown');
    expect(lines[0]).toHaveTextContent('an agent for dana-whitfield');
    expect(lines[1]).not.toHaveTextContent('an agent for');
    expect(
      screen.getByRole('link', { name: 'All requests about it (8)' }),
    ).toBeInTheDocument();
  });

  it('says that there is nothing, or what failed', async () => {
    const listRequests = jest
      .fn<ReturnType<GateApi['listRequests']>, []>()
      .mockImplementationOnce(() => refusal(500, 'Error', 'broken'))
      .mockResolvedValue(pageOf([]));
    renderEntity('entity-card:causeway/requests', { listRequests });
    expect(await screen.findByRole('alert')).toHaveTextContent('broken');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('Nobody has asked for anything about it.'),
    ).toBeInTheDocument();
  });
});
