import { createGateRequest } from '../testing/gateRequest';
import { voteHindrance, type OnScreen } from './voteHindrance';

const request = createGateRequest();
const screen: OnScreen = {
  request,
  changed: false,
  hidden: false,
  failed: false,
  unseen: false,
  unread: false,
  now: request.now,
};
const code = (decision: 'approve' | 'deny', rest: Partial<OnScreen>) =>
  voteHindrance(decision, { ...screen, ...rest })?.code;

describe('voteHindrance', () => {
  it('lets pass what was looked at by whom it is for', () => {
    expect(code('approve', {})).toBeUndefined();
    expect(code('deny', {})).toBeUndefined();
  });

  it('approves nothing that is hidden, broken or not known', () => {
    expect(code('approve', { hidden: true })).toBe('hidden');
    expect(code('approve', { failed: true })).toBe('failed');
    expect(code('approve', { unseen: true })).toBe('unseen');
    expect(
      code('approve', { request: createGateRequest({ plan: undefined }) }),
    ).toBe('noPlan');
  });

  it('approves what does not add up only when that was read, and denies it at once', () => {
    expect(code('approve', { unread: true })).toBe('unread');
    expect(code('deny', { unread: true })).toBeUndefined();
  });

  it('approves nothing that policy refuses now, such as in a freeze, and lets it be denied', () => {
    const frozen = createGateRequest({
      assessment: {
        ...request.assessment,
        outcome: 'refuse',
        summary: 'Refused: Frozen: the books are closed.',
      },
    });
    expect(voteHindrance('approve', { ...screen, request: frozen })).toEqual({
      code: 'refused',
      why: 'Refused: Frozen: the books are closed.',
    });
    expect(code('approve', { request: frozen, changed: true })).toBe('refused');
    expect(code('deny', { request: frozen })).toBeUndefined();
  });

  it('denies what is hidden or broken', () => {
    expect(
      code('deny', { hidden: true, failed: true, unseen: true }),
    ).toBeUndefined();
  });

  it('wants what changed to be looked at, even to deny it', () => {
    expect(code('approve', { changed: true })).toBe('changed');
    expect(code('deny', { changed: true })).toBe('changed');
  });

  it('gives the gate’s own reason first', () => {
    const choices = {
      ...request.choices!,
      vote: { allowed: false, why: 'You asked for it.' },
    };
    expect(
      voteHindrance('approve', {
        ...screen,
        hidden: true,
        request: createGateRequest({ choices }),
      }),
    ).toEqual({ code: 'notYours', why: 'You asked for it.' });
    expect(
      code('approve', { request: createGateRequest({ choices: undefined }) }),
    ).toBe('notYours');
  });

  it('knows when it is over, and lets an approved one be denied', () => {
    expect(code('approve', { now: request.decideBy })).toBe('over');
    const approved = createGateRequest({ state: 'approved' });
    expect(code('approve', { request: approved })).toBe('state');
    expect(code('deny', { request: approved })).toBeUndefined();
    expect(code('deny', { request: undefined })).toBe('loading');
  });
});
