import type { JsonValue } from '@backstage/types';
import type { PlannedChange } from '@causeway/backstage-plugin-causeway-common';
import { outline } from './jsonText';

/** Most changes, and most characters of a value, that are shown unasked. */
export const planBounds = { rows: 40, characters: 400 };

/** A value of a plan as it is shown; absent where there is none. */
export interface PlanValue {
  text: string;
  cut: boolean;
}

/** One line of the table of what will change. */
export interface PlanRow {
  id: string;
  label: string;
  path: string;
  before?: PlanValue;
  after?: PlanValue;
  unit?: string;
}

function valueOf(
  value: JsonValue | undefined,
  whole: boolean,
): PlanValue | undefined {
  if (value === undefined) {
    return undefined;
  }
  const text = outline(value);
  const cut = !whole && text.length > planBounds.characters;
  return { text: cut ? text.slice(0, planBounds.characters) : text, cut };
}

/**
 * What will change, bounded unless `whole`; `hidden` says whether anything is
 * left out, which is when nobody may approve.
 */
export function planRows(
  changes: readonly PlannedChange[],
  options: { whole: boolean },
): { rows: PlanRow[]; hidden: boolean } {
  const { whole } = options;
  const rows = changes
    .slice(0, whole ? undefined : planBounds.rows)
    .map((change, index) => ({
      id: `${index} ${change.path}`,
      label: change.label,
      path: change.path,
      before: valueOf(change.before, whole),
      after: valueOf(change.after, whole),
      unit: change.unit,
    }));
  return {
    rows,
    hidden:
      rows.length < changes.length ||
      rows.some(row => row.before?.cut || row.after?.cut),
  };
}
