/** An amount in its currency; three-letter codes that are none are shown as they are. */
export function formatMoney(
  amount: number,
  currency: string,
  options: { locale?: string; signed?: boolean } = {},
): string {
  const format: Intl.NumberFormatOptions = {
    // One small pod more costs a third of a cent an hour: that is not nothing.
    ...(Math.abs(amount) < 0.1 && amount !== 0
      ? { maximumSignificantDigits: 2 }
      : { maximumFractionDigits: 2, minimumFractionDigits: 2 }),
    signDisplay: options.signed ? 'exceptZero' : 'auto',
  };
  try {
    return new Intl.NumberFormat(options.locale, {
      ...format,
      style: 'currency',
      currency,
    }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(options.locale, format).format(amount)} ${currency}`;
  }
}
