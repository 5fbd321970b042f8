import { createGateRequest } from '../testing/gateRequest';
import { cautionsOf, otherDoubts } from './cautions';

const { assessment, target } = createGateRequest();
const kinds = (rest: Parameters<typeof createGateRequest>[0]) =>
  cautionsOf(createGateRequest(rest)).map(({ kind }) => kind);
const unsure = {
  ...target,
  contested: true,
  freshness: { ...target.freshness, state: 'held' as const },
};

describe('cautionsOf', () => {
  it('finds nothing where all adds up', () => {
    expect(kinds({})).toEqual([]);
  });

  it('names what the plan does not bear out, and a target that is contested or not fresh', () => {
    expect(
      kinds({ discrepancies: ['4, the plan makes it 9'], target: unsure }),
    ).toEqual(['discrepancies', 'contested', 'stale']);
  });

  it('goes on naming a discrepancy when it is over, and nothing of that time', () => {
    expect(
      kinds({ state: 'succeeded', discrepancies: ['4, 9'], target: unsure }),
    ).toEqual(['discrepancies']);
  });
});

describe('otherDoubts', () => {
  it('says nothing twice', () => {
    const doubts = [
      { code: 'recommendation-differs', message: '4, 9' },
      { code: 'baseline-unknown', message: 'No baseline' },
    ];
    expect(otherDoubts({ ...assessment, doubts })).toEqual([doubts[1]]);
  });
});
