import { renderTestApp } from '@backstage/frontend-test-utils';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { estateApiRef, type EstateApi } from '../api';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createEstateStatus } from '../testing/estateStatus';

function renderPage(answers: Partial<EstateApi> = {}) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/estate'],
    apis: [[estateApiRef, createEstateApi(answers)]],
  });
}

const sources = async () => screen.findByRole('list', { name: 'Sources' });

describe('EstatePage', () => {
  it('tells how fresh the estate is, and what is in it', async () => {
    renderPage();
    expect(await screen.findByText('24 / 27')).toBeInTheDocument();
    expect(screen.getByText('3 partitions need attention')).toBeInTheDocument();
    expect(screen.getByText(/^As of /)).toBeInTheDocument();
    expect(screen.getByText('Argo CD application')).toBeInTheDocument();
    expect(
      within(await sources())
        .getAllByRole('button')
        .map(
          button =>
            within(button).getByText(/^[a-z-]+( on GitHub)?$/).textContent,
        ),
    ).toEqual([
      'production-eu',
      'production-us',
      'staging',
      'development',
      'argocd-prod',
      'meridian on GitHub',
    ]);
  });

  it('opens a source by keyboard and says why partitions are not fresh and what to do', async () => {
    renderPage();
    const row = within(await sources()).getByRole('button', {
      name: /production-us/,
    });
    expect(row).toHaveAttribute('aria-expanded', 'false');
    act(() => row.focus());
    await userEvent.keyboard('{Enter}');
    expect(row).toHaveAttribute('aria-expanded', 'true');
    const table = screen.getByRole('table', {
      name: 'Show partitions of production-us',
    });
    const stale = within(table).getByRole('row', { name: /deployments\.apps/ });
    expect(stale).toHaveTextContent('Stale: not allowed to list');
    expect(stale).toHaveTextContent('Give the service account');
    expect(stale).toHaveTextContent('47 min. ago');
    expect(stale).toHaveTextContent('next try in 1 min.');
    expect(
      within(table).getByRole('row', { name: /^services/ }),
    ).toHaveTextContent('Held: too much would go');
  });

  it('shows the rate limit of a source that has one', async () => {
    renderPage();
    await userEvent.click(
      within(await sources()).getByRole('button', { name: /GitHub/ }),
    );
    expect(
      screen.getByRole('progressbar', {
        name: 'Requests left of the rate limit',
      }),
    ).toHaveAttribute('aria-valuenow', '86');
    expect(
      screen.getByText('4312 of 5000 requests left, resets in 23 min.'),
    ).toBeInTheDocument();
  });

  it('narrows to what needs attention and to a search', async () => {
    renderPage();
    const list = await sources();
    await userEvent.click(
      screen.getByRole('button', { name: 'Needs attention (3)' }),
    );
    expect(within(list).getAllByRole('table')).toHaveLength(2);
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search sources and partitions' }),
      'ingress',
    );
    expect(within(list).getAllByRole('table')).toHaveLength(1);
    await userEvent.type(screen.getByRole('searchbox'), ' nowhere');
    expect(screen.getByText('No partition matches')).toBeInTheDocument();
  });

  it('says that nothing needs attention when nothing does', async () => {
    const [fresh] = createEstateStatus().sources;
    renderPage({
      getStatus: async () =>
        createEstateStatus({ sources: [fresh], problems: [] }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Needs attention (0)' }),
    );
    expect(
      screen.getByText(/Every partition was read completely/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/No collisions, no contested claims/),
    ).toBeInTheDocument();
  });

  it('lists collisions, contested claims, what has no owner and what is not represented', async () => {
    renderPage();
    const section = await screen.findByRole('region', {
      name: 'What needs a look',
    });
    for (const heading of [
      'Contested claims (1)',
      'Collisions (1)',
      'Without an owner',
      'Not represented (1)',
      'Shortened names (7)',
    ]) {
      expect(
        within(section).getByRole('heading', { name: heading }),
      ).toBeInTheDocument();
    }
    expect(
      within(section).getByText('12 entities have no owner'),
    ).toBeInTheDocument();
    expect(
      within(section).getByText(/name a team in CODEOWNERS, or add a rule/),
    ).toBeInTheDocument();
    expect(within(section).queryByText(/batch-6/)).not.toBeInTheDocument();
    await userEvent.click(
      within(section).getByRole('button', { name: 'Show all 7' }),
    );
    expect(within(section).getByText(/batch-6/)).toBeInTheDocument();
  });

  it('says what to configure when there is no source', async () => {
    renderPage({
      getStatus: async () => createEstateStatus({ sources: [], problems: [] }),
    });
    expect(
      await screen.findByText('No sources are configured'),
    ).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const getStatus = jest
      .fn<ReturnType<EstateApi['getStatus']>, []>()
      .mockRejectedValueOnce(new Error('the backend is away'))
      .mockResolvedValue(createEstateStatus());
    renderPage({ getStatus });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the backend is away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await sources()).toBeInTheDocument();
  });

  it('keeps what it has when a refresh fails, and says so', async () => {
    const getStatus = jest
      .fn<ReturnType<EstateApi['getStatus']>, []>()
      .mockResolvedValueOnce(createEstateStatus())
      .mockRejectedValue(new Error('gone'));
    renderPage({ getStatus });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not refresh: gone.',
    );
    expect(await sources()).toBeInTheDocument();
  });
});
