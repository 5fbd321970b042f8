import { celList, celMap, type CelInput } from '@bufbuild/cel';
import { isMessage } from '@bufbuild/protobuf';

/** What lies deeper is converted when it is looked at. */
const depthAhead = 4;

/**
 * A value as expressions see it. The library converts what it is handed at
 * every access; a request is looked at by hundreds of rules, so it is converted
 * once.
 */
export function toCelValue(value: unknown, depth = 0): unknown {
  if (
    typeof value !== 'object' ||
    value === null ||
    depth === depthAhead ||
    isMessage(value)
  ) {
    return value;
  }
  if (Array.isArray(value)) {
    return celList(
      value.map(item => toCelValue(item, depth + 1)) as CelInput[],
    );
  }
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return celMap(
    new Map(
      entries.map(([key, one]) => [
        key,
        toCelValue(one, depth + 1) as CelInput,
      ]),
    ),
  );
}
