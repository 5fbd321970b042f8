import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { RiSnowflakeLine, RiStopCircleLine } from '@remixicon/react';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { formatDateTime } from '../lib/age';
import { shortName } from '../lib/shortName';
import { Age } from './Age';
import { PlainText } from './PlainText';
import { useLocale } from './useLocale';
import { useTexts } from './useTexts';

/** What everybody has to know before anything else: closed, halted, frozen, without a usable policy. */
export function GateNotices({ status }: { status: GateStatus }) {
  const { t } = useTexts();
  const locale = useLocale();
  return (
    <>
      {!status.open && (
        <Alert severity="error" role="status">
          <AlertTitle>{t('gate.closed')}</AlertTitle>
          <PlainText text={status.why ?? t('gate.closedText')} />
        </Alert>
      )}
      {status.halts.map(halt => (
        <Alert
          key={halt.scope}
          severity="error"
          role="status"
          icon={<RiStopCircleLine size={22} aria-hidden />}
        >
          <AlertTitle>
            {halt.scope === 'all'
              ? t('gate.haltAll')
              : t('gate.haltOne', { scope: halt.scope })}
          </AlertTitle>
          <PlainText text={halt.reason} /> (
          {t('gate.haltBy', { by: shortName(halt.by) })},{' '}
          <Age at={halt.since} now={status.now} />)
        </Alert>
      ))}
      {status.freezes.map(freeze => (
        <Alert
          key={freeze.name}
          severity="warning"
          role="status"
          icon={<RiSnowflakeLine size={22} aria-hidden />}
        >
          <AlertTitle>
            {t('gate.freeze', { name: freeze.name })}
            {freeze.until !== undefined &&
              `, ${t('gate.freezeUntil', {
                time: formatDateTime(freeze.until, locale),
              })}`}
          </AlertTitle>
          <PlainText text={freeze.reason} />
        </Alert>
      ))}
      {status.policy.invalid && (
        <Alert severity="warning" role="status">
          <AlertTitle>{t('gate.policyInvalid')}</AlertTitle>
          {t('gate.policyInvalidText')}
        </Alert>
      )}
    </>
  );
}
