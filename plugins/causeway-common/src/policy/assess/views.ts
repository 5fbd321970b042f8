import type { TargetAttributes } from '../AssessmentInput';
import type { Activation, Condition, Part, Verdict } from '../cel/Condition';
import { toCelValue } from '../cel/toCelValue';
import type { Known } from './Known';

const names = ['environment', 'owner', 'tenant'] as const;

/** The target with the attributes that one origin or another gives it. */
export class View {
  readonly attributes: TargetAttributes;

  /** In words, what somebody else says; absent for the platform's own view. */
  readonly says: string | undefined;

  readonly #values: Activation;

  readonly #certain: Activation;

  readonly #answers = new Map<Part, Verdict>();

  constructor(known: Known, attributes: TargetAttributes, says?: string) {
    this.attributes = attributes;
    this.says = says;
    const target = toCelValue({ ...known.target, ...attributes });
    this.#values = { ...known.values, target };
    this.#certain = { ...known.certain, target };
  }

  /** Whether a condition that makes stricter holds. */
  raises(condition: Condition): Verdict {
    return condition.holds(this.#values, this.#answers);
  }

  /** Whether a condition that makes easier holds, for sure. */
  lowers(condition: Condition): boolean {
    return this.ask(condition) === 'yes';
  }

  /** Like {@link View.lowers}, where it matters that it cannot be told. */
  ask(condition: Condition): Verdict {
    return condition.holds(this.#certain, this.#answers);
  }
}

/**
 * The platform's view first, then every other that `live` and `claimed` give
 * rise to: whatever is true of them, the strictest counts.
 */
export function viewsOf(known: Known): View[] {
  const own: TargetAttributes = {
    owner: known.owner,
    environment: known.environment,
    tenant: known.tenant,
  };
  let alternatives: { attributes: TargetAttributes; says: string[] }[] = [
    { attributes: own, says: [] },
  ];
  for (const name of names) {
    const values = [
      { value: own[name], origin: undefined },
      { value: known.live[name], origin: 'live' },
      { value: known.claimed[name], origin: 'claimed' },
    ].filter(
      ({ value, origin }, at, all) =>
        origin === undefined ||
        (value !== undefined &&
          all.findIndex(other => other.value === value) === at),
    );
    alternatives = alternatives.flatMap(({ attributes, says }) =>
      values.map(({ value, origin }) => ({
        attributes: { ...attributes, [name]: value },
        says: origin ? [...says, `${origin} ${name} is ${value}`] : says,
      })),
    );
  }
  return alternatives.map(
    ({ attributes, says }) =>
      new View(known, attributes, says.length ? says.join(', ') : undefined),
  );
}
