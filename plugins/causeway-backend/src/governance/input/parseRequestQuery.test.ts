import fc from 'fast-check';
import { parseAuditQuery, parseRequestQuery } from './parseRequestQuery';

it('reads lists between commas, references in full', () => {
  expect(
    parseRequestQuery({
      state: 'pending,approved',
      operation: 'scale-workload',
      environment: 'production,staging',
      owner: 'payments,user:default/Ada',
      target: 'component:Payment-Api',
      requester: 'subject:scaler',
      risk: 'critical',
      tier: '1,2',
      mine: true,
      text: 'payment',
      order: 'newest',
      cursor: 'abc',
      limit: 20,
    }),
  ).toEqual({
    state: ['pending', 'approved'],
    operation: ['scale-workload'],
    environment: ['production', 'staging'],
    owner: ['group:default/payments', 'user:default/ada'],
    target: 'component:default/payment-api',
    requester: 'subject:scaler',
    risk: ['critical'],
    tier: [1, 2],
    mine: true,
    text: 'payment',
    order: 'newest',
    cursor: 'abc',
    limit: 20,
  });
  expect(parseRequestQuery({ requester: 'ada', mine: 'false' })).toEqual({
    requester: 'user:default/ada',
  });
});

it('reads as many targets as a service has parts', () => {
  const refs = Array.from(
    { length: 40 },
    (_, index) =>
      `resource:default/production-eu.payments.deployment.payment-${index}`,
  );
  expect(parseRequestQuery({ target: refs.join(',') })).toEqual({
    target: refs.join(','),
  });
  expect(parseRequestQuery({ target: 'component:A, resource:B,' })).toEqual({
    target: 'component:default/a,resource:default/b',
  });
  expect(() =>
    parseRequestQuery({ target: Array(51).fill(refs[0]).join(',') }),
  ).toThrow(/51 references, at most 50/);
});

it.each([
  [{ state: 'waiting' }, /state cannot be 'waiting'; it is one of pending/],
  [{ tier: '4' }, /tier cannot be '4'/],
  [{ risk: 'huge' }, /risk cannot be 'huge'/],
  [{ order: 'newest,urgency' }, /order is either/],
  [{ limit: 201 }, /limit must be a whole number from 1 to 200/],
  [{ target: 'a' }, /target must be an entity reference/],
  [{ target: 'component:a,b' }, /target must be an entity reference/],
  [{ owner: ':' }, /owner must be a reference such as group:default/],
])('refuses %j', (query, message) => {
  expect(() => parseRequestQuery(query)).toThrow(message);
});

it('reads what the trail is narrowed to', () => {
  expect(
    parseAuditQuery({ by: 'user:default/ada', from: 1000, limit: '500' }),
  ).toEqual({ by: 'user:default/ada', from: 1000, limit: 500 });
  expect(parseAuditQuery({ type: 'vote' })).toEqual({ type: 'vote' });
  expect(() => parseAuditQuery({ type: 'bogus' })).toThrow(/type.*request/);
  expect(() => parseAuditQuery({ type: 'vote,halt' })).toThrow(/one type/);
  expect(() => parseAuditQuery({ limit: 501 })).toThrow(/1 to 500/);
  expect(() => parseAuditQuery({ from: -1 })).toThrow(/from must be/);
});

it('answers anything with a query or an InputError', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constantFrom('pending', '1', 'a,b', ',,'),
  );
  const names =
    'state operation environment owner target requester risk tier mine asked text order cursor limit from until by'.split(
      ' ',
    );
  const everything = () =>
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), query => {
        const outcomes = [parseRequestQuery, parseAuditQuery].map(parse => {
          try {
            return typeof parse(query);
          } catch (error) {
            return (error as Error).name;
          }
        });
        return outcomes.every(one => one === 'object' || one === 'InputError');
      }),
    );
  expect(everything).not.toThrow();
});
