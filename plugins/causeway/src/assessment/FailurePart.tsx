import type {
  Assessment,
  ChangeClass,
  Plan,
} from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { useLocale } from '../components/useLocale';
import { formatDuration } from '../lib/duration';
import { useTexts } from '../components/useTexts';

/** What happens when it does not work out, and whether it can be undone. */
export function FailurePart(props: {
  verification: Assessment['verification'];
  plan?: Plan;
  operation?: { class: ChangeClass; idempotent: boolean; reversible: boolean };
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const { verification, plan, operation } = props;
  const rollback = plan?.rollback;
  return (
    <Body>
      <p>
        {verification.soakMs > 0
          ? t('request.soak', {
              time: formatDuration(verification.soakMs, locale),
            })
          : t('request.noSoak')}{' '}
        {t(
          verification.autoRollback && rollback
            ? 'request.autoRollback'
            : 'request.noAutoRollback',
        )}
      </p>
      <p>
        {rollback ? (
          <>
            {t('request.canUndo')} <PlainText text={rollback.summary} />
          </>
        ) : (
          <strong>{t('request.cannotUndo')}</strong>
        )}
      </p>
      {operation && (
        <>
          <p>{t(`gate.class.${operation.class}`)}.</p>
          <p>
            {t(
              operation.idempotent
                ? 'request.crashSafe'
                : 'request.crashUnsafe',
            )}
          </p>
        </>
      )}
    </Body>
  );
}
