import type { BlastRadius } from '@causeway/backstage-plugin-causeway-common';
import { RecentBlastRadius } from './RecentBlastRadius';

const radius = (total: number) => ({ total }) as BlastRadius;

function lab() {
  const world: { now: number; total?: number; broken?: boolean } = { now: 0 };
  let reads = 0;
  const recent = new RecentBlastRadius({ maxAge: 100, now: () => world.now });
  return {
    world,
    reads: () => reads,
    ask: async (of: string) => {
      const found = await recent.get(of, async () => {
        reads += 1;
        if (world.broken) {
          throw new Error('Away');
        }
        return world.total === undefined ? undefined : radius(world.total);
      });
      return found?.total;
    },
  };
}

it('reads once for all that ask within a while, each service by itself', async () => {
  const { world, ask, reads } = lab();
  world.total = 3;
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([3, 3, 3]);
  world.total = 4;
  world.now = 99;
  expect(await ask('a')).toBe(3);
  world.now = 100;
  expect(await ask('a')).toBe(4);
  expect(reads()).toBe(3);
});

it('keeps neither a failure nor that there is nothing yet', async () => {
  const { world, ask } = lab();
  world.broken = true;
  await expect(ask('a')).rejects.toThrow('Away');
  world.broken = false;
  expect(await ask('a')).toBeUndefined();
  world.total = 1;
  expect(await ask('a')).toBe(1);
});

it('forgets the oldest of very many', async () => {
  const { world, ask, reads } = lab();
  world.total = 1;
  for (let n = 0; n <= 1_000; n++) {
    await ask(`service-${n}`);
  }
  await ask('service-1000');
  expect(reads()).toBe(1_001);
  await ask('service-0');
  expect(reads()).toBe(1_002);
});
