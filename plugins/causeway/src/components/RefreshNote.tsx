import { useEffect, useRef, useState, type ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { visuallyHidden } from '@mui/utils';
import { RiRefreshLine } from '@remixicon/react';
import { useLocale } from './useLocale';
import { useTexts } from './useTexts';

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: theme.spacing(1),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const Lead = styled('span')({ marginRight: 'auto' });

/** The time and the button go to the next line together. */
const Pair = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 'inherit',
});

/** As of when the page is, a button to ask again, and what came of asking. */
export function RefreshNote(props: {
  /** Server time of the answer, epoch milliseconds. */
  now: number;
  error?: Error;
  onRefresh: () => void;
  /** What else stands in the line. */
  children?: ReactNode;
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(
    props.now,
  );
  const askedRef = useRef(false);
  const [announcement, setAnnouncement] = useState('');

  // The page refreshes by itself all the time: only an answer that somebody
  // asked for is read out.
  useEffect(() => {
    if (askedRef.current) {
      askedRef.current = false;
      setAnnouncement(t('common.asked', { time }));
    }
  }, [time, t]);

  return (
    <>
      <Line>
        {props.children && <Lead>{props.children}</Lead>}
        <Pair>
          <span>{t('common.asOf', { time })}</span>
          <Button
            size="small"
            startIcon={<RiRefreshLine size={16} aria-hidden />}
            onClick={() => {
              askedRef.current = true;
              props.onRefresh();
            }}
          >
            {t('common.refresh')}
          </Button>
        </Pair>
      </Line>
      <span style={visuallyHidden} aria-live="polite">
        {announcement}
      </span>
      {props.error && (
        <Alert severity="warning">
          {t('common.refreshFailed', { message: props.error.message, time })}
        </Alert>
      )}
    </>
  );
}
