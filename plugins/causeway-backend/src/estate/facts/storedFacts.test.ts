import {
  knownValues,
  sinceOf,
  type StoredFacts,
  succeedFacts,
} from './storedFacts';
import type { FactValues } from './catalogue';

const projected = (values: FactValues, identity = 'uid-1') => ({
  type: 'kubernetes-workload',
  identity,
  groups: [
    { origin: 'live' as const, source: 'east', partition: 'east/-/x', values },
  ],
});

/** What is stored after values came one after the other, at 1000, 2000, ... */
function after(...versions: ReturnType<typeof projected>[]): StoredFacts {
  return versions.reduce<StoredFacts | undefined>(
    (before, version, position) =>
      succeedFacts(before, version, (position + 1) * 1000),
    undefined,
  )!;
}
const value = (stored: StoredFacts, name: string) =>
  knownValues(stored).get(name)?.value;

describe('facts that follow others', () => {
  it('hold since they began, each by itself', () => {
    const stored = after(
      projected({ health: 'healthy', 'image.tag': '1' }),
      projected({ health: 'degraded', 'image.tag': '1' }),
      projected({ health: 'degraded', 'image.tag': '2' }),
      projected({ health: 'degraded', 'image.tag': '2', 'image.pinned': true }),
    );
    expect(sinceOf(stored, 'health')).toBe(2000);
    expect(sinceOf(stored, 'image.tag')).toBe(3000);
    expect(sinceOf(stored, 'image.pinned')).toBe(4000);
  });

  it('begin again after they were gone', () => {
    const stored = after(
      projected({ health: 'healthy', 'image.tag': '1' }),
      projected({ health: 'healthy' }),
      projected({ health: 'healthy', 'image.tag': '1' }),
    );
    expect(sinceOf(stored, 'image.tag')).toBe(3000);
    expect(sinceOf(stored, 'health')).toBe(1000);
  });

  it('begin again for another thing of the same name', () => {
    const stored = after(
      projected({ health: 'healthy', 'replicas.baseline': 3 }),
      projected({ health: 'healthy' }, 'uid-2'),
    );
    expect(sinceOf(stored, 'health')).toBe(2000);
    expect(value(stored, 'replicas.baseline')).toBeUndefined();
  });

  it('carry a baseline on however often somebody else scales', () => {
    const scaled = (desired: number) =>
      projected({ 'replicas.desired': desired, 'replicas.setBy': 'gate' });
    const stored = after(
      projected({
        'replicas.desired': 3,
        'replicas.setBy': 'git',
        'replicas.baseline': 3,
      }),
      scaled(6),
      scaled(12),
      scaled(24),
    );
    expect(value(stored, 'replicas.desired')).toBe(24);
    expect(knownValues(stored).get('replicas.baseline')).toMatchObject({
      value: 3,
      carried: true,
    });
    expect(sinceOf(stored, 'replicas.baseline')).toBe(1000);

    const set = succeedFacts(
      stored,
      projected({ 'replicas.desired': 8, 'replicas.baseline': 8 }),
      9000,
    );
    expect(value(set, 'replicas.baseline')).toBe(8);
    expect(sinceOf(set, 'replicas.baseline')).toBe(9000);
    expect(set.kept.carried).toBeUndefined();
  });
});
