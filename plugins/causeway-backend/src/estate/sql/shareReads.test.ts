import { shareReads } from './shareReads';

function lab() {
  const reads: { resolve(value: string): void; reject(error: Error): void }[] =
    [];
  const shared = shareReads(
    () =>
      new Promise<string>((resolve, reject) => {
        reads.push({ resolve, reject });
      }),
  );
  const settled = () => new Promise(resolve => setImmediate(resolve));
  return { reads, shared, settled };
}

it('tells whoever asks during a read what was read after they asked', async () => {
  const { reads, shared, settled } = lab();
  const first = shared();
  const others = [shared(), shared(), shared()];
  expect(reads).toHaveLength(1);
  reads[0].resolve('before');
  expect(await first).toBe('before');
  await settled();
  expect(reads).toHaveLength(2);
  const late = shared();
  reads[1].resolve('after');
  expect(await Promise.all(others)).toEqual(['after', 'after', 'after']);
  await settled();
  reads[2].resolve('later');
  expect(await late).toBe('later');
  expect(reads).toHaveLength(3);
});

it('tells of a failure only those who shared it', async () => {
  const { reads, shared, settled } = lab();
  const first = shared();
  const second = shared();
  reads[0].reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await settled();
  reads[1].resolve('back');
  expect(await second).toBe('back');
  const third = shared();
  reads[2].resolve('again');
  expect(await third).toBe('again');
});
