import { formatAge, formatDateTime } from '../lib/age';
import { useLocale } from './useLocale';

/** How long ago, with the exact time as its title. Both in epoch milliseconds. */
export function Age(props: { at: number; now: number; future?: boolean }) {
  const locale = useLocale();
  return (
    <time
      dateTime={new Date(props.at).toISOString()}
      title={formatDateTime(props.at, locale)}
    >
      {formatAge(props.at, props.now, { locale, future: props.future })}
    </time>
  );
}
