import {
  createGateRequest,
  fixtureAssessment,
  fixturePlan,
} from '../testing/gateRequest';
import { requestDifferences } from './requestDifferences';

const before = createGateRequest();

describe('requestDifferences', () => {
  it('is nothing between a request and itself', () => {
    expect(
      requestDifferences(before, createGateRequest({ revision: 9 })),
    ).toEqual([]);
  });

  it('tells a planned value that changed, one that came and one that went', () => {
    const after = createGateRequest({
      plan: {
        ...fixturePlan,
        changes: [
          { path: 'spec.replicas', label: 'Replicas', before: 6, after: 24 },
          { path: 'spec.paused', label: 'Paused', before: false, after: true },
        ],
      },
    });
    expect(requestDifferences(before, after)).toEqual([
      { what: 'plan', label: 'Replicas', before: '6 → 12', after: '6 → 24' },
      { what: 'plan', label: 'Paused', before: '', after: 'false → true' },
    ]);
    expect(requestDifferences(after, before)).toContainEqual({
      what: 'plan',
      label: 'Paused',
      before: 'false → true',
      after: '',
    });
  });

  it('tells of tier, risk, cost, target, approval and state', () => {
    const after = createGateRequest({
      state: 'approved',
      assessment: {
        ...fixtureAssessment,
        tier: 3,
        risk: { name: 'x', title: 'Everything', level: 'critical' },
      },
      cost: { currency: 'USD', delta: 9, parts: [] },
      binding: { ...before.binding!, uid: 'another' },
      approval: { ...before.approval, count: 3 },
    });
    expect(requestDifferences(before, after).map(({ what }) => what)).toEqual([
      'state',
      'binding',
      'tier',
      'risk',
      'cost',
      'approval',
    ]);
  });
});
