import type { ObservedKargoProject } from '../../../../observations/model';
import { type JsonRecord, record } from '../../../read';
import { reduceConditions } from '../conditions';
import { reduceMetadata } from '../metadata';

/** Reduces a Kargo Project. */
export function reduceKargoProject(
  object: JsonRecord,
): ObservedKargoProject | undefined {
  const meta = reduceMetadata(object);
  return (
    meta && {
      meta,
      conditions: reduceConditions(record(object.status)?.conditions),
    }
  );
}
