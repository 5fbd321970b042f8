import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { RiSnowflakeLine } from '@remixicon/react';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { formatDateTime } from '../lib/age';
import { HaltNotice } from '../halt/HaltNotice';
import { everything } from '../lib/haltScope';
import { PlainText } from './PlainText';
import { useLocale } from './useLocale';
import { useTexts } from './useTexts';

/** What everybody has to know before anything else: closed, halted, frozen, without a usable policy. */
export function GateNotices(props: {
  status: GateStatus;
  /** Something was resumed from here. */
  onChanged: () => void;
  /** The page itself says what is wrong with the policy. */
  tellsPolicy?: boolean;
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const { status, onChanged } = props;
  // A halt of everything closes the gate, and says so itself.
  const isClosed =
    !status.open &&
    (status.why !== undefined ||
      !status.halts.some(({ scope }) => scope === everything));
  return (
    <>
      {isClosed && (
        <Alert severity="error" role="status">
          <AlertTitle>{t('gate.closed')}</AlertTitle>
          <PlainText text={status.why ?? t('gate.closedText')} />
        </Alert>
      )}
      {status.halts.map(halt => (
        <HaltNotice
          key={halt.scope}
          halt={halt}
          now={status.now}
          onChanged={status.choices.halt.allowed ? onChanged : undefined}
        />
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
      {status.policy.invalid && !props.tellsPolicy && (
        <Alert severity="error" role="status">
          <AlertTitle>{t('gate.policyInvalid')}</AlertTitle>
          {t('gate.policyInvalidText')}
        </Alert>
      )}
    </>
  );
}
