import { styled } from '@mui/material/styles';
import { RiAlarmLine } from '@remixicon/react';
import { formatDateTime } from '../lib/age';
import { formatDuration } from '../lib/duration';
import { timeLeft } from '../lib/timeLeft';
import { useLocale } from './useLocale';
import { useTexts } from './useTexts';

const Root = styled('time')(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  '& svg': { verticalAlign: '-2px', marginRight: 4 },
  '&[data-urgent]': { color: theme.palette.error.main, fontWeight: 600 },
}));

/** How long there is until a deadline; a clock stands before what is nearly over. */
export function TimeLeft(props: {
  until: number;
  now: number;
  /** When its clock began. */
  from?: number;
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const left = timeLeft(props.until, props.now, props.from);
  const time = formatDuration(left.length, locale);
  return (
    <Root
      dateTime={new Date(props.until).toISOString()}
      title={formatDateTime(props.until, locale)}
      data-urgent={left.urgent || undefined}
    >
      {left.urgent && <RiAlarmLine size={14} aria-hidden />}
      {t(left.over ? 'gate.over' : 'gate.left', { time })}
    </Root>
  );
}
