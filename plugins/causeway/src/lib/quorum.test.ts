import { createGateRequest, fixtureApproval } from '../testing/gateRequest';
import { deciders, missingVotes } from './quorum';

const { quorum } = createGateRequest();

describe('missingVotes', () => {
  it('says how many people, and of which groups', () => {
    expect(missingVotes(quorum)).toEqual({
      people: 1,
      groups: [{ group: 'group:default/security', count: 1 }],
    });
  });

  it('counts people for a group that is missing though there are enough', () => {
    expect(missingVotes({ ...quorum, approvals: 2 }).people).toBe(1);
  });

  it('is nothing where all are there', () => {
    expect(missingVotes({ ...quorum, approvals: 3, required: [] })).toEqual({
      people: 0,
      groups: [],
    });
  });
});

describe('deciders', () => {
  it('adds the groups of an escalation when it is due', () => {
    const after = fixtureApproval.escalation!.after;
    expect(deciders(fixtureApproval, 0, after - 1)).toEqual([
      'group:default/payments',
      'group:default/platform',
      'group:default/security',
    ]);
    expect(deciders(fixtureApproval, 0, after)).toContain(
      'group:default/on-call',
    );
  });
});
