import type { Fact } from '@causeway/backstage-plugin-causeway-common';
import { formatDateTime } from './age';

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function formatBytes(bytes: number, locale?: string): string {
  const step =
    bytes < 1024
      ? 0
      : Math.min(binaryUnits.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
  }).format(bytes / 1024 ** step);
  return `${amount} ${binaryUnits[step]}`;
}

/** A value of a fact for people; what is true or false is the caller's to say. */
export function formatFactValue(
  { value, type, unit }: Pick<Fact, 'value' | 'type' | 'unit'>,
  locale?: string,
): string {
  if (typeof value !== 'number') {
    return String(value);
  }
  if (type === 'time') {
    return formatDateTime(value, locale);
  }
  if (unit === 'bytes') {
    return formatBytes(value, locale);
  }
  const amount = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 3,
  }).format(value);
  return unit ? `${amount} ${unit}` : amount;
}
