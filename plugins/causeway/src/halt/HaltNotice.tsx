import { useState } from 'react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { RiStopCircleLine } from '@remixicon/react';
import type { Halt } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { PlainText } from '../components/PlainText';
import { everything, shortScope } from '../lib/haltScope';
import { HaltDialog } from './HaltDialog';
import { useTexts } from '../components/useTexts';

/** What is halted, by whom, why and since when; those who may resume it here. */
export function HaltNotice(props: {
  halt: Halt;
  now: number;
  /** Absent for those who may not resume it. */
  onChanged?: () => void;
}) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  const { halt, onChanged } = props;
  const title =
    halt.scope === everything
      ? t('gate.haltAll')
      : t('gate.haltOne', { scope: shortScope(halt.scope) });
  return (
    <>
      <Alert
        severity="error"
        role="status"
        icon={<RiStopCircleLine size={22} aria-hidden />}
        action={
          onChanged && (
            <Button
              color="inherit"
              variant="outlined"
              size="small"
              aria-haspopup="dialog"
              aria-label={t('halt.resumeWhat', { what: title })}
              onClick={() => setAsks(true)}
            >
              {t('halt.resume')}
            </Button>
          )
        }
      >
        <AlertTitle>{title}</AlertTitle>
        <PlainText text={halt.reason} folds /> (
        {t('gate.haltBy', { by: shortScope(halt.by) })},{' '}
        {/* It goes on by itself, which nobody wants to be told each time. */}
        <span aria-live="off">
          <Age at={halt.since} now={props.now} />
        </span>
        )
      </Alert>
      {asks && onChanged && (
        <HaltDialog
          scope={halt.scope}
          halt={halt}
          onClose={() => setAsks(false)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
