import { worstHealth } from './health';
import type { Health } from './status';

describe('worstHealth', () => {
  it.each<[Health[], Health | undefined]>([
    [['healthy', 'unknown'], 'healthy'],
    [['unknown', 'suspended', 'healthy'], 'suspended'],
    [['healthy', 'progressing', 'suspended'], 'progressing'],
    [['unknown', 'missing', 'progressing'], 'missing'],
    [['missing', 'degraded'], 'degraded'],
    [['unknown'], 'unknown'],
    [[], undefined],
  ])('of %j is %s', (parts, whole) => {
    expect(worstHealth(parts)).toBe(whole);
    expect(worstHealth([...parts].reverse())).toBe(whole);
  });
});
