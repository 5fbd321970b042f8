import type { ClusterConnection } from './ClusterConnection';
import { SharedConnection } from './SharedConnection';

describe('SharedConnection', () => {
  const start = (idleFor?: number) => {
    let now = 0;
    const opened: { closed: number }[] = [];
    const shared = new SharedConnection({
      now: () => now,
      idleFor,
      connect: async () => {
        const one = { closed: 0 };
        opened.push(one);
        return {
          close: () => {
            one.closed += 1;
          },
        } as ClusterConnection;
      },
    });
    return {
      shared,
      opened,
      pass: (ms: number) => {
        now += ms;
      },
    };
  };

  it('is one for all that ask together, closed by the last of them', async () => {
    const { shared, opened } = start();
    const [first, second] = await Promise.all([
      shared.acquire(),
      shared.acquire(),
    ]);
    first.close();
    expect(opened).toEqual([{ closed: 0 }]);
    second.close();
    expect(opened).toEqual([{ closed: 1 }]);
    await shared.acquire();
    expect(opened).toHaveLength(2);
  });

  it('waits for the next one where it is told to, and is closed when nobody comes', async () => {
    jest.useFakeTimers();
    try {
      const { shared, opened, pass } = start(2_000);
      (await shared.acquire()).close();
      jest.advanceTimersByTime(1_999);
      const next = await shared.acquire();
      jest.advanceTimersByTime(5_000);
      expect(opened).toEqual([{ closed: 0 }]);
      next.close();
      jest.advanceTimersByTime(2_000);
      expect(opened).toEqual([{ closed: 1 }]);
      // Credentials are read again however often it is used.
      const old = await shared.acquire();
      pass(20_000);
      (await shared.acquire()).close();
      old.close();
      expect(opened).toEqual([{ closed: 1 }, { closed: 1 }, { closed: 0 }]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is made anew after a while, and leaves the old one to those who have it', async () => {
    const { shared, opened, pass } = start();
    const watching = await shared.acquire();
    pass(20_000);
    const listing = await shared.acquire();
    expect(opened).toEqual([{ closed: 0 }, { closed: 0 }]);
    watching.close();
    expect(opened).toEqual([{ closed: 1 }, { closed: 0 }]);
    listing.close();
    expect(opened).toEqual([{ closed: 1 }, { closed: 1 }]);
  });

  it('is made anew after a failure', async () => {
    const { shared, opened } = start();
    const watching = await shared.acquire();
    const failed = await shared.acquire();
    failed.fail();
    failed.close();
    await shared.acquire();
    expect(opened).toHaveLength(2);
    expect(opened[0].closed).toBe(0);
    watching.close();
    expect(opened[0].closed).toBe(1);
  });

  it('remembers no attempt that failed', async () => {
    let attempts = 0;
    const shared = new SharedConnection({
      now: () => 0,
      connect: async () => {
        attempts += 1;
        throw new Error('no credentials');
      },
    });
    await expect(shared.acquire()).rejects.toThrow('no credentials');
    await expect(shared.acquire()).rejects.toThrow('no credentials');
    expect(attempts).toBe(2);
  });
});
