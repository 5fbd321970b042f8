import { createHash } from 'node:crypto';
import { maxKeyLength, prepareObservation } from './prepareObservation';

const prepare = (data: object, key = 'shop/web') =>
  prepareObservation({ key, kind: 'Workload', data });

/** An object that holds another, and so on, so many times. */
function nested(depth: number): object {
  let object = {};
  for (let step = 0; step < depth; step += 1) {
    object = { inner: object };
  }
  return object;
}

describe('prepareObservation', () => {
  it('hashes the text that is stored', () => {
    const data = { name: 'wéb 🚢', none: undefined, path: 'C:\\udocs\\ud8' };
    const prepared = prepare(data)!;
    expect(JSON.parse(prepared.data)).toEqual(data);
    expect(prepared.hash).toBe(
      createHash('sha256').update(prepared.data).digest('hex'),
    );
  });

  it.each([
    ['an object 20,000 deep', nested(20_000)],
    ['more than 256 KiB', { text: 'x'.repeat(256 * 1024) }],
    ['a lone surrogate', { text: 'a\ud800b' }],
    ['a lone surrogate behind a backslash', { text: '\\\udc00' }],
    ['a lone surrogate as a key', { '\udfff': 1 }],
    ['a number that JSON has no text for', { count: 1n }],
  ])('refuses %s', (_, data) => {
    expect(prepare(data)).toBeUndefined();
  });

  it('refuses a key that no index takes', () => {
    expect(prepare({}, 'k'.repeat(maxKeyLength))).toBeDefined();
    expect(prepare({}, 'k'.repeat(maxKeyLength + 1))).toBeUndefined();
  });
});
