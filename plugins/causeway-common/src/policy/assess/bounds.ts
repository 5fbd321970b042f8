import type { Doubt, MatchedRule } from '../../governance/assessment';
import type { CompiledBound, CompiledTier } from '../compilePolicy';
import type { PolicyBound } from '../PolicyDocument';
import type { Known, KnownQuantity } from './Known';

/** What stands outside of its bounds, and what could not be held against them. */
export interface BoundsResult {
  exceeded: MatchedRule[];
  doubts: Doubt[];
}

const scaled = 'replicas';
const scalingCapability = 'workload-scaling';

/** Holds the quantities of a change against the bounds that belong to it. */
export function holdBounds(
  bounds: readonly CompiledBound[],
  known: Known,
  tierName: string,
): BoundsResult {
  const result: BoundsResult = { exceeded: [], doubts: [] };
  for (const { rule, bound } of bounds) {
    const applies =
      (!bound.riskTiers || bound.riskTiers.includes(tierName)) &&
      (!bound.operations || isOneOf(bound.operations, known.operation));
    if (applies) {
      hold(rule, bound, known, result);
    }
  }
  return result;
}

/** A risk tier's scale factor, as a bound: 1.5 means within 50 % either way. */
export function holdScaleFactor(
  compiled: CompiledTier | undefined,
  known: Known,
): BoundsResult {
  const result: BoundsResult = { exceeded: [], doubts: [] };
  const factor = compiled?.tier.scaleFactor;
  if (compiled && factor !== undefined) {
    hold(
      compiled.rule,
      {
        quantity: scaled,
        minFactor: Math.max(0, 2 - factor),
        maxFactor: factor,
        ifAbsent: isOneOf([scalingCapability], known.capability)
          ? 'stricter'
          : 'unchanged',
      },
      known,
      result,
    );
  }
  return result;
}

/** What takes something down to nothing, which is a risk whatever it saves. */
export function findZeros(known: Known): MatchedRule[] {
  return [...known.quantities]
    .filter(([, { current, proposed }]) => proposed === 0 && current !== 0)
    .map(([name]) => ({
      rule: 'default',
      effect: 'to-zero',
      reason: `${name} would go to 0, which never runs by itself`,
    }));
}

type Held = Pick<
  PolicyBound,
  'quantity' | 'minFactor' | 'maxFactor' | 'min' | 'max' | 'ifAbsent'
> & { reason?: string };

function hold(
  rule: string,
  bound: Held,
  known: Known,
  result: BoundsResult,
): void {
  const quantity = known.quantities.get(bound.quantity);
  if (!quantity) {
    if (bound.ifAbsent === 'stricter') {
      result.doubts.push({
        code: 'quantity-unknown',
        message: `${rule} bounds ${bound.quantity}, of which the plan says nothing`,
      });
    }
    return;
  }
  if (quantity.proposed === undefined) {
    // That it is not known is a doubt already.
    return;
  }
  const factors =
    bound.minFactor !== undefined || bound.maxFactor !== undefined;
  if (factors && quantity.factor === undefined) {
    result.doubts.push({
      code: 'baseline-unknown',
      message: `The baseline of ${bound.quantity} is not known, so ${rule} cannot be held against it`,
    });
  }
  const why = describeExcess(bound, quantity);
  if (why) {
    result.exceeded.push({
      rule,
      effect: 'bound-exceeded',
      reason: bound.reason ? `${why} (${bound.reason})` : why,
    });
  }
}

/** Rounding of decimal fractions: 0.1 * 3 is within 0.3. */
const tolerance = 1e-9;

function describeExcess(
  { quantity: name, minFactor, maxFactor, min, max }: Held,
  { proposed = 0, baseline, factor }: KnownQuantity,
): string | undefined {
  const times = (value: number) => `${Number(value.toFixed(2))} times`;
  if (
    factor !== undefined &&
    maxFactor !== undefined &&
    factor > maxFactor + tolerance
  ) {
    return `${name}: ${proposed} is ${times(factor)} the baseline of ${baseline}; up to ${times(maxFactor)} runs by itself`;
  }
  if (
    factor !== undefined &&
    minFactor !== undefined &&
    factor < minFactor - tolerance
  ) {
    return `${name}: ${proposed} is ${times(factor)} the baseline of ${baseline}; down to ${times(minFactor)} runs by itself`;
  }
  if (max !== undefined && proposed > max) {
    return `${name}: ${proposed} is more than ${max}`;
  }
  if (min !== undefined && proposed < min) {
    return `${name}: ${proposed} is less than ${min}`;
  }
  return undefined;
}

export function isOneOf(
  names: readonly string[],
  name: string | undefined,
): boolean {
  // Of what is not known one cannot say that it is not meant.
  return name === undefined || names.includes(name);
}
