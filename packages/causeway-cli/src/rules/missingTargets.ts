import { Reference, SetEntity } from '../references/EntitySet';
import { SetContext } from './rule';

/** References whose target is neither in the set nor in the snapshot. What has a wrong kind is reported as that. */
export function* missingTargets({
  set,
  kinds,
}: SetContext): Generator<{ from: SetEntity; reference: Reference }> {
  for (const found of set.references()) {
    const { field, key, target } = found.reference;
    if (set.has(key) || key === found.from.key) {
      continue;
    }
    const allowed = field.allowedKinds;
    const fits =
      (!allowed ||
        allowed.some(
          kind => kind.toLowerCase() === target.kind.toLowerCase(),
        )) &&
      kinds.properName(target.kind) !== undefined;
    if (fits) {
      yield found;
    }
  }
}
