import type { Entity } from '@backstage/catalog-model';
import { RecentEntities } from './RecentEntities';

const entity = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
});

function lab() {
  const world = { now: 0, broken: false, names: ['a', 'b'] };
  const asked: string[][] = [];
  const searched: unknown[] = [];
  const recent = new RecentEntities({
    catalog: {
      async getEntitiesByRefs({ entityRefs }) {
        asked.push([...entityRefs]);
        if (world.broken) {
          throw new Error('Away');
        }
        return {
          items: entityRefs.map(ref =>
            world.names.includes(ref) ? entity(ref) : undefined,
          ),
        };
      },
      async queryEntities(request) {
        searched.push(request);
        if (world.broken) {
          throw new Error('Away');
        }
        return {
          items: world.names.map(entity),
          totalItems: 0,
          pageInfo: {},
        };
      },
    },
    maxAge: 1_000,
    now: () => world.now,
  });
  const read = async (...entityRefs: string[]) =>
    (await recent.getEntitiesByRefs({ entityRefs }, {} as never)).items.map(
      found => found?.metadata.name,
    );
  const search = async (name: string) =>
    (await recent.queryEntities({ filter: { name } }, {} as never)).items.map(
      found => found.metadata.name,
    );
  return { world, asked, read, searched, search };
}

it('reads once what many ask, and what is missing as well', async () => {
  const { world, asked, read } = lab();
  expect(await Promise.all([read('a', 'c'), read('b', 'a')])).toEqual([
    ['a', undefined],
    ['b', 'a'],
  ]);
  expect(await read('c', 'b')).toEqual([undefined, 'b']);
  expect(asked).toEqual([['a', 'c'], ['b']]);
  world.names = ['a', 'c'];
  world.now = 1_000;
  expect(await read('c', 'b')).toEqual(['c', undefined]);
});

it('does not keep a failure', async () => {
  const { world, read } = lab();
  world.broken = true;
  await expect(read('a')).rejects.toThrow('Away');
  world.broken = false;
  expect(await read('a')).toEqual(['a']);
});

it('searches once for what many look for, for a while, and keeps no failure', async () => {
  const { world, searched, search } = lab();
  await Promise.all([search('x'), search('x'), search('y')]);
  expect(searched).toHaveLength(2);
  world.now = 1_000;
  world.broken = true;
  await expect(search('x')).rejects.toThrow('Away');
  world.broken = false;
  world.names = ['c'];
  expect(await search('x')).toEqual(['c']);
});

it('reads ahead in one call what is asked for again', async () => {
  jest.useFakeTimers();
  try {
    const { world, asked, read } = lab();
    await read('a');
    await read('b');
    await read('c');
    world.now = 600;
    world.names = ['c'];
    // What is there is told at once; those who wait for nothing are not kept waiting.
    expect(await read('a')).toEqual(['a']);
    expect(await read('b', 'a')).toEqual(['b', 'a']);
    await jest.advanceTimersByTimeAsync(50);
    expect(asked).toEqual([['a'], ['b'], ['c'], ['a', 'b']]);
    expect(await read('a', 'b')).toEqual([undefined, undefined]);
    // Nobody asked for it again: it is read when it is too old.
    world.now = 1_000;
    expect(await read('c')).toEqual(['c']);
    world.now = 1_599;
    expect(await read('a')).toEqual([undefined]);
    expect(asked).toHaveLength(5);
  } finally {
    jest.useRealTimers();
  }
});

it('keeps what it has until it is too old when reading ahead fails', async () => {
  jest.useFakeTimers();
  try {
    const { world, read } = lab();
    await read('a');
    world.now = 700;
    world.broken = true;
    expect(await read('a')).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(50);
    expect(await read('a')).toEqual(['a']);
    world.now = 1_000;
    await expect(read('a')).rejects.toThrow('Away');
  } finally {
    jest.useRealTimers();
  }
});
