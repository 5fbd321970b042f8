const multipliers: Record<string, number> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const form =
  /^\+?(\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2}|[EPTGMK]i|[numkMGTPE])?$/;

/** Largest that is believed; what is beyond is a mistake, or meant to become infinite. */
const largest = 2 ** 62;

/** Thousands of containers ask for the same few amounts. */
const known = new Map<string, number | undefined>();
const maxKnown = 2000;

/**
 * Kubernetes' resource quantity (`250m`, `1.5Gi`, `128e6`) as a number of its
 * base unit. `undefined` for what is none, negative ones and absurd ones.
 */
export function parseQuantity(value: unknown): number | undefined {
  // A whole number of cores is often written without quotes.
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > 48) {
    return undefined;
  }
  if (!known.has(text)) {
    if (known.size >= maxKnown) {
      known.clear();
    }
    known.set(text, readQuantity(text));
  }
  return known.get(text);
}

function readQuantity(text: string): number | undefined {
  const match = form.exec(text);
  if (!match) {
    return undefined;
  }
  const [, digits, suffix = ''] = match;
  const exponent = /^[eE][+-]?\d/.test(suffix);
  const number = exponent
    ? Number(`${digits}${suffix}`)
    : Number(digits) * multipliers[suffix];
  if (!(number <= largest)) {
    return undefined;
  }
  // 100m is 0.1, and not 0.1 and a bit that floating point adds.
  return Number(number.toPrecision(15));
}
