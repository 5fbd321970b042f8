import type { HeldLimit } from '../../governance/assessment';
import type { CompiledLimit } from '../compilePolicy';
import { isOneOf } from './bounds';
import type { Known } from './Known';
import type { View } from './views';

/** A limit that was held against a request, and what is known of it in words. */
export interface LimitResult extends HeldLimit {
  reason: string;
  /** Whether it counts as exceeded only because something is not known. */
  unknown: boolean;
}

/** Holds what a change costs against the limits that apply to it. */
export function holdLimits(
  limits: readonly CompiledLimit[],
  known: Known,
  view: View,
  tierName: string,
): LimitResult[] {
  return limits
    .filter(
      ({ limit, match }) =>
        (!limit.riskTiers || limit.riskTiers.includes(tierName)) &&
        (!limit.operations || isOneOf(limit.operations, known.operation)) &&
        (!match || view.raises(match) !== 'no'),
    )
    .map(({ rule, limit }) => {
      const perHour = limit.perHour !== undefined;
      const most = limit.perHour ?? limit.perDecision ?? 0;
      const spent = perHour ? known.spent(rule) : 0;
      const comparable = known.currency === limit.currency;
      const value =
        comparable && known.cost !== undefined && spent !== undefined
          ? known.cost + spent
          : undefined;
      const exceeded = value === undefined || value > most;
      return {
        rule,
        what: perHour ? 'cost-per-hour' : 'cost-per-decision',
        action: limit.action,
        limit: most,
        value,
        unit: `${limit.currency}/h`,
        exceeded,
        unknown: value === undefined,
        reason: describe({ value, most, limit, spent, comparable, known }),
      };
    });
}

function describe(held: {
  value: number | undefined;
  most: number;
  limit: CompiledLimit['limit'];
  spent: number | undefined;
  comparable: boolean;
  known: Known;
}): string {
  const { value, most, limit, spent, comparable, known } = held;
  const name = limit.title ?? limit.name;
  if (value !== undefined) {
    return `${name}: ${money(value)} of ${money(most)} ${limit.currency} an hour${
      value > most ? ', which is too much' : ''
    }`;
  }
  if (known.cost === undefined) {
    return `${name}: it is not known what the change costs, so ${money(most)} ${limit.currency} an hour cannot be kept`;
  }
  return comparable || spent === undefined
    ? `${name}: it is not known what is spent already`
    : `${name}: ${known.currency ?? 'a currency that is not known'} cannot be held against ${limit.currency}`;
}

function money(value: number): string {
  return String(Number(value.toFixed(2)));
}
