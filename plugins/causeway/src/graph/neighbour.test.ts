import { neighbourOf, type ArrowKey } from './neighbour';

/*
 * a -> b, a -> c, d beside a in its layer, e unrelated:
 *
 *   a   b
 *   d   c   e
 */
const positions = new Map([
  ['a', { x: 0, y: 0 }],
  ['d', { x: 0, y: 100 }],
  ['b', { x: 300, y: 10 }],
  ['c', { x: 300, y: 100 }],
  ['e', { x: 600, y: 100 }],
]);
const edges = [
  { from: 'a', type: 'dependsOn', to: 'b' },
  { from: 'a', type: 'dependsOn', to: 'c' },
];
const go = (from: string, key: ArrowKey) =>
  neighbourOf({ from, key, positions, edges });

describe('neighbourOf', () => {
  it('follows relations sideways, to the one that lies level', () => {
    expect(go('a', 'ArrowRight')).toBe('b');
    expect(go('c', 'ArrowLeft')).toBe('a');
  });

  it('does not go sideways where no relation leads', () => {
    expect(go('c', 'ArrowRight')).toBeUndefined();
    expect(go('e', 'ArrowLeft')).toBeUndefined();
  });

  it('moves within the layer up and down', () => {
    expect(go('a', 'ArrowDown')).toBe('d');
    expect(go('c', 'ArrowUp')).toBe('b');
    expect(go('a', 'ArrowUp')).toBeUndefined();
  });

  it('goes nowhere from what is not drawn', () => {
    expect(go('x', 'ArrowDown')).toBeUndefined();
  });
});
