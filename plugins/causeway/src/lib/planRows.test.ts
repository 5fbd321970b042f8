import { planBounds, planRows } from './planRows';

const change = (after: string) => ({ path: 'spec.x', label: 'X', after });

describe('planRows', () => {
  it('shows before and after, and what was not there as absent', () => {
    const { rows, hidden } = planRows([change('new')], { whole: false });
    expect(rows[0]).toMatchObject({
      label: 'X',
      before: undefined,
      after: { text: 'new', cut: false },
    });
    expect(hidden).toBe(false);
  });

  it('says that something is hidden when a value is cut', () => {
    const long = [change('y'.repeat(planBounds.characters + 1))];
    expect(planRows(long, { whole: false })).toMatchObject({
      hidden: true,
      rows: [{ after: { cut: true } }],
    });
    expect(planRows(long, { whole: true }).hidden).toBe(false);
  });

  it('says that something is hidden when there are too many', () => {
    const many = Array.from({ length: planBounds.rows + 1 }, () => change('z'));
    expect(planRows(many, { whole: false }).hidden).toBe(true);
    expect(planRows(many, { whole: false }).rows).toHaveLength(planBounds.rows);
    expect(planRows(many, { whole: true })).toMatchObject({ hidden: false });
  });
});
