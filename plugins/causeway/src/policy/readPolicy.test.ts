import { createPolicyView } from '../testing/createGateApi';
import { readPolicy } from './readPolicy';

describe('readPolicy', () => {
  it('reads tiers strictest first, and keeps what it does not know', () => {
    const policy = readPolicy(createPolicyView().document);
    expect(policy.riskTiers.map(({ name }) => name)).toEqual([
      'core-bank',
      'development',
    ]);
    expect(policy.riskTiers[1]).toMatchObject({
      autonomous: ['*'],
      limits: ['hard: 200 USD an hour'],
    });
    expect(policy.decisions[1]).toMatchObject({ name: 'failover', tier: '3' });
    expect(policy.other).toEqual({
      metadata: { name: 'bank' },
      somethingNew: { depth: [1, 2] },
    });
  });

  it.each([
    {},
    { spec: null },
    { spec: [] },
    { spec: { riskTiers: 'x', decisions: [null, 3], bounds: {} } },
    { spec: { riskTiers: [{ level: 'odd', approval: 7, limits: [null] }] } },
  ])('never fails: %j', document => {
    expect(() => readPolicy(document as never)).not.toThrow();
  });

  it('takes a tier of a level that it does not know for critical', () => {
    const { riskTiers } = readPolicy({
      spec: { riskTiers: [{ name: 'x', level: 'odd' }] },
    });
    expect(riskTiers[0].level).toBe('critical');
  });
});
