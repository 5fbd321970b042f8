import { rememberReads } from './rememberReads';

it('reads anew after a while, and keeps no failure', async () => {
  const world = { now: 0, broken: false, reads: 0 };
  const read = rememberReads(
    100,
    async () => {
      world.reads += 1;
      if (world.broken) {
        throw new Error('Away');
      }
      return world.reads;
    },
    () => world.now,
  );
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  world.now = 99;
  expect(await read()).toBe(1);
  world.now = 100;
  world.broken = true;
  await expect(read()).rejects.toThrow('Away');
  world.broken = false;
  expect(await read()).toBe(3);
});
