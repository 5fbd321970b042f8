import { createRequestRows, pageOf } from '../testing/requestRows';
import { appendPage, keepSelection, rowShift } from './queuePages';

const rows = createRequestRows(6);
const [a, b, c, d] = rows;

describe('appendPage', () => {
  it('joins pages, each row once', () => {
    const first = appendPage(undefined, pageOf(rows, { limit: 3 }));
    expect(first.rows).toHaveLength(3);
    const second = appendPage(first, {
      ...pageOf(rows, { cursor: '2', limit: 4 }),
    });
    expect(second.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(second.nextCursor).toBeUndefined();
  });
});

describe('keepSelection', () => {
  it('stays with its request wherever that goes', () => {
    expect(keepSelection(b.id, [a, b, c], [c, d, b])).toBe(b.id);
  });

  it('goes to what took the place of one that is gone, else to the one before', () => {
    expect(keepSelection(b.id, [a, b, c], [a, c])).toBe(c.id);
    expect(keepSelection(c.id, [a, b, c], [a, b])).toBe(b.id);
    expect(keepSelection(b.id, [a, b, c], [d])).toBe(d.id);
    expect(keepSelection(b.id, [a, b, c], [])).toBeUndefined();
  });
});

describe('rowShift', () => {
  it('says how far the row in view has moved', () => {
    expect(rowShift(c.id, [a, b, c], [b, c])).toBe(-1);
    expect(rowShift(c.id, [b, c], [a, b, c])).toBe(1);
    expect(rowShift(b.id, [a, b], [a, c])).toBe(0);
  });
});
