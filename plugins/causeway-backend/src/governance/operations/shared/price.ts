import type {
  CostEstimate,
  CostPart,
} from '@causeway/backstage-plugin-causeway-common';
import type { Prices } from '../config/parsePrices';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

/** What pods ask for, each and in number. */
export interface PodRequests {
  pods: number;
  /** Cores of one pod; absent where not every container says. */
  cpu?: number;
  /** Bytes of one pod. */
  memory?: number;
}

const gib = 2 ** 30;

/** Prices have more digits than anybody believes; sums of them need fewer. */
const rounded = (value: number) => Number(value.toFixed(6));

/** Per hour; `undefined` where it cannot be known. */
export function hourly(
  { pods, cpu, memory }: PodRequests,
  { vcpuHour, gibHour }: Prices,
): number | undefined {
  if (pods === 0) {
    return 0;
  }
  if (cpu === undefined || memory === undefined) {
    return undefined;
  }
  const amount = pods * (cpu * vcpuHour + (memory / gib) * gibHour);
  return Number.isFinite(amount) && amount >= 0 ? rounded(amount) : undefined;
}

/** What a change of requests costs an hour. A decrease is negative here and earns no credit anywhere. */
export function priceChange(options: {
  before: PodRequests;
  after: PodRequests;
  prices: Prices;
  /** Whose requests are not known, for people. */
  whose: string;
}): CostEstimate {
  const { prices, whose } = options;
  const before = hourly(options.before, prices);
  const after = hourly(options.after, prices);
  if (before === undefined || after === undefined) {
    return {
      currency: prices.currency,
      parts: [],
      unknown: `Not every container of ${whose} says how much CPU and memory it requests`,
    };
  }
  return {
    currency: prices.currency,
    before,
    after,
    delta: rounded(after - before),
    parts: toParts(options.after, prices),
  };
}

function toParts(
  { pods, cpu = 0, memory = 0 }: PodRequests,
  { vcpuHour, gibHour }: Prices,
): CostPart[] {
  const part = (
    what: string,
    quantity: number,
    unit: string,
    price: number,
  ): CostPart => ({
    what,
    quantity: rounded(quantity),
    unit,
    price,
    amount: rounded(quantity * price),
  });
  return [
    part(`CPU of ${countOf(pods, 'pod')}`, pods * cpu, 'vCPU', vcpuHour),
    part(
      `Memory of ${countOf(pods, 'pod')}`,
      (pods * memory) / gib,
      'GiB',
      gibHour,
    ),
  ];
}

/** Nothing is used that was not used before. */
export function noCost({ currency }: Prices): CostEstimate {
  return { currency, delta: 0, parts: [] };
}
