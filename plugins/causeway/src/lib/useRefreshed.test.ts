import { act, renderHook } from '@testing-library/react';
import { useRefreshed } from './useRefreshed';

function setVisibility(state: 'visible' | 'hidden') {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Answers how often it was asked. */
function createCounter() {
  let count = 0;
  return jest.fn(async () => ++count);
}

describe('useRefreshed', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const advance = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  it('loads at once and again after every interval', async () => {
    const load = createCounter();
    const { result } = renderHook(() => useRefreshed(load, 1_000));
    expect(result.current).toMatchObject({ value: undefined, loading: true });
    await advance(0);
    expect(result.current).toMatchObject({ value: 1, loading: false });
    await advance(1_000);
    expect(result.current.value).toBe(2);
  });

  it('rests while the page is hidden and catches up when it is seen', async () => {
    const load = createCounter();
    const { result } = renderHook(() => useRefreshed(load, 1_000));
    await advance(0);
    act(() => setVisibility('hidden'));
    await advance(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    act(() => setVisibility('visible'));
    await advance(0);
    expect(result.current.value).toBe(2);
  });

  it('keeps the last answer when a later attempt fails, and recovers', async () => {
    const load = jest
      .fn<Promise<string>, [AbortSignal]>()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValueOnce('third');
    const { result } = renderHook(() => useRefreshed(load, 1_000));
    await advance(0);
    await advance(1_000);
    expect(result.current).toMatchObject({
      value: 'first',
      error: new Error('down'),
    });
    await act(async () => result.current.retry());
    expect(result.current).toMatchObject({ value: 'third', error: undefined });
  });

  it('drops the answer of another question, also when that comes late', async () => {
    let answerFirst: (value: string) => void = () => {};
    const first = () => new Promise<string>(resolve => (answerFirst = resolve));
    const second = async () => 'second';
    const { result, rerender } = renderHook(
      ({ load }: { load: () => Promise<string> }) => useRefreshed(load),
      { initialProps: { load: first } },
    );
    rerender({ load: second });
    expect(result.current.value).toBeUndefined();
    await advance(0);
    await act(async () => answerFirst('first'));
    expect(result.current.value).toBe('second');
  });

  it('aborts and asks no more once nobody looks', async () => {
    const signals: AbortSignal[] = [];
    const load = jest.fn(async (signal: AbortSignal) => signals.push(signal));
    const { unmount } = renderHook(() => useRefreshed(load, 1_000));
    await advance(0);
    unmount();
    await advance(10_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(signals[0].aborted).toBe(true);
  });
});
