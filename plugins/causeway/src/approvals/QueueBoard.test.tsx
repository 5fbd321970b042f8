import { renderTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { RequestQuery } from '@causeway/backstage-plugin-causeway-common';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent as user } from '@testing-library/user-event';
import { estateApiRef, gateApiRef } from '../api';
import { visibleText } from '../lib/visibleText';
import plugin from '../plugin';
import { createEstateApi } from '../testing/createEstateApi';
import { createGateApi } from '../testing/createGateApi';
import { createSignals } from '../testing/createSignals';
import { setListSize } from '../testing/listSize';
import { createRequestRows, pageOf } from '../testing/requestRows';

// Each drawing of a row writes its summary through this.
jest.mock('../lib/visibleText', () => {
  const actual =
    jest.requireActual<typeof import('../lib/visibleText')>(
      '../lib/visibleText',
    );
  return { ...actual, visibleText: jest.fn(actual.visibleText) };
});

// All rows are drawn anew when their clocks go on: here the clocks stand still.
jest.mock('../lib/timeLeft', () => ({
  ...jest.requireActual('../lib/timeLeft'),
  tickEvery: () => 2 ** 31 - 1,
}));

const userEvent = user.setup({ pointerEventsCheck: 0 });
const written = visibleText as jest.MockedFunction<typeof visibleText>;

/** Numbers of the rows that were drawn since the last time. */
function drawnRows(): number[] {
  const rows = written.mock.calls.flatMap(([text]) => {
    const [, number] = /^Scale Deployment .* \((\d+)\)$/.exec(text) ?? [];
    return number ? [Number(number)] : [];
  });
  written.mockClear();
  return [...new Set(rows)].sort((a, b) => a - b);
}

let restore: () => void;
beforeEach(() => {
  restore = setListSize(1200, 680);
});
afterEach(() => restore());

async function renderQueue() {
  const rows = createRequestRows(8);
  const listRequests = jest.fn(async (query: RequestQuery) =>
    // As it comes from the gate: other objects with the same content.
    structuredClone(pageOf(rows, query)),
  );
  const signals = createSignals();
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/approvals'],
    apis: [
      [estateApiRef, createEstateApi()],
      [gateApiRef, createGateApi({ listRequests })],
      [signalApiRef, signals.api],
    ],
  });
  await screen.findByText(/\(8\)$/);
  // The counts come by themselves, and are no part of what is measured.
  await screen.findByRole('tab', { name: /\(12\)/ });
  await userEvent.keyboard('j');
  await waitFor(() => expect(document.activeElement).toHaveTextContent('(2)'));
  drawnRows();
  return { rows, listRequests, signals };
}

describe('what is drawn of the queue', () => {
  it('is the two rows that a key is about', async () => {
    await renderQueue();
    await userEvent.keyboard('j');
    expect(document.activeElement).toHaveTextContent('(3)');
    expect(drawnRows()).toEqual([2, 3]);
    await userEvent.keyboard('{ArrowUp}');
    expect(drawnRows()).toEqual([2, 3]);
  });

  it('is, of a queue that is read again, what changed', async () => {
    const { rows, listRequests, signals } = await renderQueue();
    rows[4] = { ...rows[4], quorum: { approvals: 2, needed: 2 } };
    const reads = listRequests.mock.calls.length;
    act(() => signals.send({ id: rows[4].id, state: 'pending' }));
    await screen.findByText('2 of 2');
    expect(listRequests.mock.calls.length).toBeGreaterThan(reads);
    expect(drawnRows()).toEqual([5]);
  });
});
