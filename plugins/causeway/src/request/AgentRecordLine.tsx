import type { AgentRecord } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { useLocale } from '../components/useLocale';
import { useTexts } from '../components/useTexts';

/** `right in 47 of 51, very likely in at least 81 %`. */
export function AgentRecordLine({ record }: { record: AgentRecord }) {
  const { t } = useTexts();
  const locale = useLocale();
  return (
    <Body>
      <p>
        <strong>
          {t('request.agentRight', {
            right: String(record.right),
            of: String(record.of),
          })}
        </strong>
        {', '}
        {record.lowerBound === undefined
          ? t('request.agentTooFew', { minimum: String(record.minimum) })
          : t('request.agentBound', {
              bound: new Intl.NumberFormat(locale, {
                style: 'percent',
              }).format(record.lowerBound),
            })}
      </p>
      <small>
        <PlainText text={record.agent} />
        {': '}
        <PlainText
          text={[record.operation, record.environment]
            .filter(Boolean)
            .join(', ')}
        />
      </small>
    </Body>
  );
}
