import {
  countFilters,
  formatQueueFilter,
  parseQueueFilter,
  toRequestQuery,
} from './queueFilter';

const parse = (search: string) => parseQueueFilter(new URLSearchParams(search));

describe('the filter of the queue', () => {
  it('comes back from the address as it went there', () => {
    const filter = parse(
      'view=all&state=failed,denied&environment=production&operation=scale-workload&owner=group:default/payments&risk=high&tier=2,3&target=resource:default/x&text=pay api',
    );
    expect(filter).toMatchObject({
      view: 'all',
      state: ['denied', 'failed'],
      risk: ['high'],
      tier: [2, 3],
      text: 'pay api',
    });
    expect(parseQueueFilter(formatQueueFilter(filter))).toEqual(filter);
    expect(countFilters(filter)).toBe(8);
  });

  it('ignores what it cannot mean', () => {
    expect(parse('view=everything&state=gone&risk=huge&tier=9')).toEqual(
      parse(''),
    );
    expect(formatQueueFilter(parse('')).toString()).toBe('');
  });

  it('asks for what wants me, most urgent first, unless told otherwise', () => {
    // Tasks and what nobody knows the outcome of want somebody, too.
    expect(toRequestQuery(parse(''))).toEqual({ mine: true, order: 'urgency' });
    expect(toRequestQuery(parse('view=asked'))).toMatchObject({
      asked: true,
      order: 'newest',
    });
    expect(toRequestQuery(parse('view=all&state=failed'))).toMatchObject({
      state: ['failed'],
    });
    expect(toRequestQuery(parse('view=pending&state=failed')).state).toEqual([
      'pending',
    ]);
  });
});
