import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, type EstateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createEntityEstate } from '../testing/entityEstate';
import { createEntityChanges, createEntityFacts } from '../testing/entityFacts';
import { paymentApi } from '../testing/payment';
import { setScreenWidth } from '../testing/screenWidth';

function renderEntity(
  extension:
    | 'entity-content:causeway/runtime'
    | 'entity-card:causeway/runtime'
    | 'entity-card:causeway/source',
  answers: Partial<EstateApi> = {},
  entity: Entity = paymentApi,
) {
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      plugin.getExtension(extension),
    ],
    apis: [[estateApiRef, createEstateApi(answers)]],
  });
}

const tab = 'entity-content:causeway/runtime';

describe('the Runtime tab', () => {
  it('shows every place with version, replicas, health, sync and age', async () => {
    renderEntity(tab);
    const table = await screen.findByRole('table', { name: 'Where it runs' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent(/^production/);
    for (const text of [
      'production-eu / payments',
      '2.14.1',
      '6 of 6 ready',
      'scales 3 to 12',
      'Healthy',
      'Synced',
      '14 sec. ago',
    ]) {
      expect(rows[0]).toHaveTextContent(text);
    }
  });

  it('marks a stale place with the reason and what to do', async () => {
    renderEntity(tab);
    const table = await screen.findByRole('table', { name: 'Where it runs' });
    const row = within(table).getByRole('row', { name: /production-us/ });
    for (const text of [
      '4 of 6 ready',
      'Degraded',
      'Out of sync',
      'Stale, 47 min. ago',
      'Not allowed to list. Give the source’s account the right',
    ]) {
      expect(row).toHaveTextContent(text);
    }
  });

  it('answers where it runs before all else, and goes on from there', async () => {
    renderEntity(tab, {
      getEntity: async () =>
        createEntityEstate({
          problems: [
            { id: '1', kind: 'contested', title: 'owner', detail: 'no' },
          ],
        }),
    });
    const table = await screen.findByRole('table', { name: 'Where it runs' });
    const order = [
      table,
      screen.getByText('Owner'),
      screen.getByText('Sources of truth'),
      screen.getByText('One claim about this entity has no effect'),
      screen.getByRole('table', { name: 'Delivery history' }),
    ];
    order
      .slice(1)
      .forEach((after, index) =>
        expect(
          order[index].compareDocumentPosition(after) &
            Node.DOCUMENT_POSITION_FOLLOWING,
        ).toBeTruthy(),
      );
    // The table alone is short enough where it is wide.
    expect(
      screen.queryByRole('list', { name: 'Where it runs' }),
    ).not.toBeInTheDocument();
  });

  it('begins with one line per environment where rows are cards', async () => {
    const restore = setScreenWidth(390);
    try {
      renderEntity(tab);
      const list = await screen.findByRole('list', { name: 'Where it runs' });
      expect(within(list).getAllByRole('listitem')).toHaveLength(3);
      expect(
        list.compareDocumentPosition(
          screen.getByRole('table', { name: 'Where it runs' }),
        ) & Node.DOCUMENT_POSITION_FOLLOWING,
      ).toBeTruthy();
    } finally {
      restore();
    }
  });

  it('tells what changed of it and its parts, with values before and after', async () => {
    renderEntity(tab);
    const table = await screen.findByRole('table', { name: 'What changed' });
    const [, tag, relation, appeared] = within(table).getAllByRole('row');
    expect(tag).toHaveTextContent('1 min. ago');
    expect(tag).toHaveTextContent('image.tag: 2.14.0 → 2.14.1');
    expect(
      within(tag).getByText(/production-eu\.payments\.deployment/),
    ).toBeInTheDocument();
    expect(relation).toHaveTextContent('now dependsOn ledger');
    expect(appeared).toHaveTextContent('appeareditself');
  });

  it('lists facts with unit, trust and age, and what is not known', async () => {
    renderEntity(tab);
    const table = await screen.findByRole('table', { name: 'Facts' });
    const row = (name: RegExp) => within(table).getByRole('row', { name });
    expect(row(/limits\.memory/)).toHaveTextContent('512 MiB');
    expect(row(/runsInProduction/)).toHaveTextContent('yes');
    expect(row(/replicas\.baseline/)).toHaveTextContent('carried on');
    expect(row(/goldenPath\.template/)).toHaveTextContent('claimed');
    expect(row(/owner/)).toHaveTextContent('3 days ago');
    expect(
      screen.getByText('Not known: codeowners.present, docs.present'),
    ).toBeInTheDocument();
  });

  it('says that nothing changed, and that nothing is known', async () => {
    renderEntity(tab, {
      getFacts: async () => createEntityFacts({ facts: [], unknown: [] }),
      getChanges: async () => createEntityChanges({ changes: [] }),
    });
    expect(await screen.findByText('No changes recorded')).toBeInTheDocument();
    expect(screen.getByText('No facts')).toBeInTheDocument();
    expect(screen.queryByText(/Not known/)).not.toBeInTheDocument();
  });

  it('still shows where it runs when facts cannot be loaded, and tries again', async () => {
    const getFacts = jest
      .fn()
      .mockRejectedValueOnce(new Error('no facts today'))
      .mockResolvedValue(createEntityFacts());
    renderEntity(tab, { getFacts });
    expect(
      await screen.findByText(/Could not load facts and changes/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: 'Where it runs' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('table', { name: 'Facts' }),
    ).toBeInTheDocument();
  });

  it('shows the owner with the rule that decided', async () => {
    renderEntity(tab);
    expect(
      await screen.findByText(
        'platform value, by rule argocd-project: project payments of argocd-prod',
      ),
    ).toBeInTheDocument();
  });

  it('shows deliveries, the newest first, the rest on demand', async () => {
    renderEntity(tab);
    const table = await screen.findByRole('table', {
      name: 'Delivery history',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(9);
    const newest = within(table).getAllByRole('row')[1];
    expect(newest).toHaveTextContent('current');
    expect(newest).toHaveTextContent('imani.osei');
    const revision = within(newest).getByRole('link', { name: /^00004c8/ });
    expect(revision).toHaveAttribute(
      'href',
      'https://github.com/meridian/deployments/commit/0',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all 12' }));
    expect(within(table).getAllByRole('row')).toHaveLength(13);
  });

  it('warns of deprecation and names the successor', async () => {
    renderEntity(tab, {
      getEntity: async () =>
        createEntityEstate({
          lifecycle: {
            value: 'deprecated',
            origin: 'claimed',
            rule: 'annotation',
          },
          successorRef: 'component:default/payment-gateway',
        }),
    });
    expect(
      await screen.findByText('This service is deprecated'),
    ).toBeInTheDocument();
    expect(screen.getByText('payment-gateway')).toBeInTheDocument();
  });

  it('shows contested claims as such, and origins that are not the platform’s', async () => {
    const [first] = createEntityEstate().instances;
    renderEntity(tab, {
      getEntity: async () =>
        createEntityEstate({
          instances: [
            {
              ...first,
              environment: {
                value: 'production',
                origin: 'claimed',
                rule: 'label',
              },
            },
          ],
          problems: [
            {
              id: '1',
              kind: 'contested',
              title: 'owner',
              detail: 'the annotation says fulfilment',
            },
          ],
        }),
    });
    expect(
      await screen.findByText('One claim about this entity has no effect'),
    ).toBeInTheDocument();
    expect(screen.getByText(/says fulfilment/)).toBeInTheDocument();
    expect(
      screen.getByRole('rowheader', { name: 'production claimed' }),
    ).toBeInTheDocument();
  });

  it('says what would bring instances when there are none', async () => {
    renderEntity(tab, {
      getEntity: async () =>
        createEntityEstate({ kind: 'unknown', instances: [], deliveries: [] }),
    });
    expect(
      await screen.findByText('Nothing runs, as far as the estate knows'),
    ).toBeInTheDocument();
    expect(screen.getByText('No deliveries recorded')).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const getEntity = jest
      .fn<ReturnType<EstateApi['getEntity']>, []>()
      .mockRejectedValueOnce(new Error('no answer'))
      .mockResolvedValue(createEntityEstate());
    renderEntity(tab, { getEntity });
    expect(await screen.findByRole('alert')).toHaveTextContent('no answer');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('table', { name: 'Where it runs' }),
    ).toBeInTheDocument();
  });

  it('is not there for what does not run', async () => {
    renderEntity(tab, {}, { ...paymentApi, spec: { type: 'library' } });
    await expect(
      screen.findByRole('table', {}, { timeout: 300 }),
    ).rejects.toThrow();
  });
});

describe('the card on the overview', () => {
  it('says one line per environment', async () => {
    renderEntity('entity-card:causeway/runtime');
    const list = await screen.findByRole('list', { name: 'Where it runs' });
    const lines = within(list).getAllByRole('listitem');
    expect(lines.map(line => line.textContent)).toEqual([
      'productionDegraded2.14.110 of 12 ready, 2 workloadsOut of syncStale',
      'stagingProgressing2.15.0-rc.11 of 2 ready',
      'developmentHealthy2.15.0-rc.21 of 1 ready',
    ]);
  });
});

describe('what runs on a schedule', () => {
  const [first] = createEntityEstate().instances;
  const nightly = {
    ...first,
    workloadKind: 'CronJob',
    replicas: undefined,
    health: 'healthy' as const,
  };
  const answers = {
    getEntity: async () =>
      createEntityEstate({
        instances: [
          nightly,
          { ...nightly, cluster: 'staging', health: 'suspended' },
        ],
      }),
  };

  it('is called scheduled, not healthy, on the tab', async () => {
    renderEntity(tab, answers);
    const table = await screen.findByRole('table', { name: 'Where it runs' });
    const [, running, suspended] = within(table).getAllByRole('row');
    expect(running).toHaveTextContent('runs on scheduleScheduled');
    expect(suspended).toHaveTextContent('runs on scheduleSuspended');
  });

  it('is called scheduled on the card, where nothing else runs', async () => {
    renderEntity('entity-card:causeway/runtime', {
      getEntity: async () => createEntityEstate({ instances: [nightly] }),
    });
    const list = await screen.findByRole('list', { name: 'Where it runs' });
    expect(within(list).getByRole('listitem')).toHaveTextContent(
      /^developmentScheduled.*runs on schedule$/,
    );
  });
});

describe('the card of an ingested Resource', () => {
  const resource: Entity = {
    ...paymentApi,
    kind: 'Resource',
    metadata: {
      name: 'production-eu.payments',
      annotations: { 'causeway.dev/source': 'production-eu' },
    },
    spec: { type: 'kubernetes-namespace' },
  };

  it('says who reported it and how fresh that is', async () => {
    renderEntity('entity-card:causeway/source', {}, resource);
    expect(
      await screen.findByText('production-eu/-/deployments.apps'),
    ).toBeInTheDocument();
    expect(screen.getByText('14 sec. ago')).toBeInTheDocument();
  });
});
