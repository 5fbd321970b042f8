import { isComposed } from '../projection/composed';
import type { EntityContext } from '../projection/model';
import { normalizeText } from './normalizeText';
import type { SearchValues } from './SearchDocument';

/** How a condition is searched by: `ready=false`. */
export function conditionValue(type: string, status: string): string {
  return normalizeText(`${type}=${status}`, 200);
}

/**
 * Values that the estate knows of an entity. What is composed of parts has no
 * state of its own here: whoever may not see a part must not learn its state
 * from the whole (THREATS H15).
 */
export function contextValues(
  context: EntityContext | undefined,
): SearchValues {
  if (!context) {
    return {};
  }
  if (isComposed(context)) {
    return { part: context.instanceRefs };
  }
  const list = (value: string | undefined) => (value ? [value] : undefined);
  return {
    environment: list(context.environment?.value),
    health: list(context.health),
    sync: list(context.sync),
    condition: context.conditions?.map(({ type, status }) =>
      conditionValue(type, status),
    ),
  };
}
