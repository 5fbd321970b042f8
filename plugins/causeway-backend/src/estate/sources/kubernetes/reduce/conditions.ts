import type { ObservedCondition } from '../../../observations/model';
import { records, text } from '../../read';

/** Conditions of a status, without their times, which say nothing new each time they change. */
export function reduceConditions(
  conditions: unknown,
): ObservedCondition[] | undefined {
  const reduced: ObservedCondition[] = [];
  for (const condition of records(conditions, 16)) {
    const type = text(condition.type, 128);
    const status = text(condition.status, 16);
    if (type && status) {
      reduced.push({
        type,
        status,
        reason: text(condition.reason, 128),
        message: text(condition.message, 256),
      });
    }
  }
  return reduced.length ? reduced : undefined;
}
