import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, gateApiRef, type EstateApi, type GateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import {
  createGateApi,
  createGateStatus,
  createPolicyView,
  createPreview,
} from '../testing/createGateApi';
import { refusal } from '../testing/refusal';

function renderPage(
  answers: Partial<GateApi> = {},
  estate: Partial<EstateApi> = {},
) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/policy'],
    apis: [
      [estateApiRef, createEstateApi(estate)],
      [gateApiRef, createGateApi(answers)],
    ],
  });
}

describe('the Policy page', () => {
  it('tells what is in force, strictest tier first', async () => {
    renderPage();
    const tiers = await screen.findByRole('table', { name: 'Risk tiers' });
    const [, first, second] = within(tiers).getAllByRole('row');
    for (const text of [
      'Core bank',
      'Critical',
      '2 approvals: owner',
      '1 of security',
      'alert: 500 USD an hour',
    ]) {
      expect(first).toHaveTextContent(text);
    }
    expect(second).toHaveTextContent('Development');
    expect(screen.getByText('a3f1c0de99a3')).toBeInTheDocument();
    const decisions = screen.getByRole('table', { name: 'Decisions' });
    expect(decisions).toHaveTextContent('Tier 1: runs by itself');
    expect(
      screen.getByRole('region', { name: 'Everything else it says' }),
    ).toHaveTextContent('somethingNew:');
  });

  it('tells what is wrong with it and what waits', async () => {
    const { policy } = createGateStatus();
    renderPage({
      getStatus: async () =>
        createGateStatus({ policy: { ...policy, invalid: true } }),
      getPolicy: async () =>
        createPolicyView({
          faults: [
            'group:default/security has no members',
            "riskTiers/core: there is no operation 'fail-\u202Eover'",
          ],
          invalid: { message: 'bank.yaml:12:3 unknown field', at: 1 },
          announced: { hash: 'beefcafe0123', from: 2, document: {} },
        }),
    });
    for (const text of [
      'A newer policy could not be used',
      'bank.yaml:12:3 unknown field',
      'group:default/security has no members',
    ]) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
    // Once: other pages say so in words of their own.
    expect(
      screen.queryByText('The newest policy could not be used'),
    ).not.toBeInTheDocument();
    const notice = screen
      .getByText('group:default/security has no members')
      .closest<HTMLElement>('[role=status]')!;
    expect(notice).toHaveTextContent('The policy asks for what nobody can do');
    expect(screen.getByText('2 faults')).toBeInTheDocument();
    expect(within(notice).getAllByRole('listitem')[1]).toHaveTextContent(
      'riskTiers/core: there is no operation',
    );
    expect(within(notice).getByText('U+202E')).toBeInTheDocument();
    expect(screen.queryByText('No faults')).not.toBeInTheDocument();
    expect(screen.getByText(/A looser policy waits/)).toHaveTextContent(
      'beefcafe0123',
    );
  });

  it('says that all needs approval where none is written', async () => {
    renderPage({
      getPolicy: async () =>
        createPolicyView({ origin: 'built in', document: { spec: {} } }),
    });
    expect(await screen.findByText('No policy is written')).toBeInTheDocument();
  });

  it('says what would happen if', async () => {
    const assess = jest.fn<
      ReturnType<GateApi['assess']>,
      Parameters<GateApi['assess']>
    >(async () => createPreview());
    renderPage({ assess });
    const what = await screen.findByRole('region', {
      name: 'What would happen if',
    });
    await userEvent.click(
      await within(what).findByRole('combobox', { name: 'Operation' }),
    );
    await userEvent.click(
      screen.getByRole('option', { name: 'Scale a workload' }),
    );
    await userEvent.type(
      within(what).getByRole('combobox', { name: 'Target' }),
      'resource:default/x',
    );
    await userEvent.type(
      within(what).getByRole('spinbutton', { name: /Replicas/ }),
      '12',
    );
    expect(
      await within(what).findByText('People would be asked'),
    ).toBeInTheDocument();
    expect(what).toHaveTextContent(
      '2 people have to approve: of payments or platform, among them 1 of security.',
    );
    expect(assess.mock.lastCall?.[0]).toMatchObject({
      operation: 'scale-workload',
      target: 'resource:default/x',
      input: { replicas: 12 },
    });
  });

  it('finds targets of the estate while one types, by keyboard', async () => {
    const findEntities = jest.fn<
      ReturnType<EstateApi['findEntities']>,
      Parameters<EstateApi['findEntities']>
    >(async ({ text, types }) => ({
      count: 2,
      asOf: '',
      shared: { type: types[0] },
      entities: ['staging', 'production']
        .filter(environment => environment.includes(text))
        .map(environment => ({
          ref: `resource:default/${environment}.core.deployment.ledger`,
          environment,
        })),
    }));
    const assess = jest.fn(createGateApi().assess);
    renderPage({ assess }, { findEntities });
    const what = await screen.findByRole('region', {
      name: 'What would happen if',
    });
    expect(what).toHaveTextContent('It is judged as if you asked');
    await userEvent.click(
      await within(what).findByRole('combobox', { name: 'Operation' }),
    );
    await userEvent.click(
      screen.getByRole('option', { name: 'Sync an application' }),
    );
    const target = within(what).getByRole('combobox', { name: 'Target' });
    await waitFor(() =>
      expect(target).toHaveAccessibleDescription(
        /resource:default\/staging\.core\.deployment\.ledger$/,
      ),
    );
    await userEvent.type(target, 'prod');
    const found = await screen.findByRole('option', {
      name: 'production.core.deployment.ledger Argo CD application · production',
    });
    await waitFor(() =>
      expect(screen.queryByRole('option', { name: /^staging/ })).toBeNull(),
    );
    expect(found).toBeInTheDocument();
    expect(findEntities.mock.lastCall?.[0]).toMatchObject({
      text: 'prod',
      types: ['argocd-application'],
    });
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await waitFor(() =>
      expect(assess.mock.lastCall?.[0]).toMatchObject({
        operation: 'sync-application',
        target: 'resource:default/production.core.deployment.ledger',
      }),
    );
  });

  it('says what failed, the form still there', async () => {
    renderPage({
      getPolicy: () => refusal(403, 'NotAllowedError', 'Not yours to read.'),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not yours to read.',
    );
    expect(
      screen.getByRole('region', { name: 'What would happen if' }),
    ).toBeInTheDocument();
  });
});
