import type { JsonValue } from '@backstage/types';
import type {
  Plan,
  Recommendation,
} from '@causeway/backstage-plugin-causeway-common';
import { outline } from '../lib/jsonText';

/** What an agent decided, beside what the plan says of the same path. */
export interface DecidedRow {
  path: string;
  current?: string;
  proposed?: string;
  /** Absent where the plan does not touch the path. */
  planned?: string;
  borneOut: boolean;
}

const text = (value: JsonValue | undefined) =>
  value === undefined ? undefined : outline(value);

export function decidedRows(
  decided: Recommendation['decided'],
  plan: Plan | undefined,
): DecidedRow[] {
  return decided.map(({ path, current, proposed }) => {
    const change = plan?.changes.find(candidate => candidate.path === path);
    return {
      path,
      current: text(current),
      proposed: text(proposed),
      planned: text(change?.after),
      borneOut:
        change !== undefined &&
        text(change.after) === text(proposed) &&
        (current === undefined || text(change.before) === text(current)),
    };
  });
}
