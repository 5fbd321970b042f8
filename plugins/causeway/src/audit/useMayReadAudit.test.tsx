import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { configApiRef } from '@backstage/frontend-plugin-api';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { gateApiRef, type GateApi } from '../api';
import { createGateApi, createGateStatus } from '../testing/createGateApi';
import { refusal } from '../testing/refusal';
import { useMayReadAudit } from './useMayReadAudit';

function renderMayRead(
  getStatus: GateApi['getStatus'],
  permission?: { enabled: boolean },
) {
  const config = mockApis.config({ data: permission ? { permission } : {} });
  return renderHook(() => useMayReadAudit(), {
    wrapper: ({ children }: PropsWithChildren) => (
      <TestApiProvider
        apis={[
          [gateApiRef, createGateApi({ getStatus })],
          [configApiRef, config],
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  }).result;
}

const { choices } = createGateStatus();
const status = (allowed: boolean) => async () =>
  createGateStatus({ choices: { ...choices, readAudit: { allowed } } });

it('is what the gate says, and no until it has', async () => {
  let answer = () => {};
  const asked = new Promise<void>(resolve => {
    answer = resolve;
  });
  const may = renderMayRead(
    async () => {
      await asked;
      return status(true)();
    },
    { enabled: true },
  );
  expect(may.current).toBe(false);
  await act(async () => answer());
  await waitFor(() => expect(may.current).toBe(true));
});

it('is no where the gate says so', async () => {
  const getStatus = jest.fn(status(false));
  const may = renderMayRead(getStatus, { enabled: true });
  await act(async () => {
    await getStatus.mock.results[0].value;
  });
  expect(may.current).toBe(false);
});

it('is yes where permissions are off: the page says who may', async () => {
  const getStatus = jest.fn(status(false));
  const may = renderMayRead(getStatus);
  await act(async () => {
    await getStatus.mock.results[0].value;
  });
  expect(may.current).toBe(true);
});

it('is yes where the gate cannot be asked: the page says why', async () => {
  const may = renderMayRead(
    () => refusal(403, 'NotAllowedError', 'Not yours.'),
    { enabled: true },
  );
  await waitFor(() => expect(may.current).toBe(true));
});
