import { RiAlertFill, RiCheckLine, RiQuestionLine } from '@remixicon/react';
import type {
  Assessment,
  CostEstimate,
  HeldLimit,
} from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { StatusMark } from '../components/StatusMark';
import { useLocale } from '../components/useLocale';
import { formatMoney } from '../lib/money';
import { useTexts } from '../components/useTexts';

/** What it costs an hour, and the limits it was held against. */
export function CostPart(props: {
  cost?: CostEstimate;
  limits: Assessment['limits'];
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const { cost, limits } = props;
  const money = (amount: number, signed = false) =>
    t('gate.perHour', {
      amount: formatMoney(amount, cost?.currency ?? 'USD', { locale, signed }),
    });
  const quantity = (value: number, { unit, what }: HeldLimit) =>
    what.startsWith('cost')
      ? formatMoney(value, unit ?? cost?.currency ?? 'USD', { locale })
      : `${new Intl.NumberFormat(locale).format(value)} ${unit ?? ''}`.trim();
  return (
    <>
      <Body>
        {cost?.delta === undefined ? (
          <StatusMark tone="caution" icon={RiQuestionLine}>
            <PlainText
              text={[t('request.costUnknown'), cost?.unknown]
                .filter(Boolean)
                .join(': ')}
            />
          </StatusMark>
        ) : (
          <p>
            <strong>{money(cost.delta, true)}</strong>
            {cost.before !== undefined && cost.after !== undefined && (
              <>
                {' '}
                <small>
                  {money(cost.before)} → {money(cost.after)}
                </small>
              </>
            )}
          </p>
        )}
        {cost && cost.parts.length > 0 && (
          <details>
            <summary>{t('request.costParts')}</summary>
            <ul>
              {cost.parts.map((part, index) => (
                <li key={index}>
                  <PlainText text={part.what} />: {part.quantity} {part.unit} ×{' '}
                  {part.price} = {money(part.amount)}
                </li>
              ))}
            </ul>
          </details>
        )}
        {limits.length === 0 && <small>{t('request.noLimits')}</small>}
      </Body>
      {limits.length > 0 && (
        <ResponsiveTable
          label={t('request.limit')}
          rows={limits}
          rowKey={limit => `${limit.rule} ${limit.what}`}
          columns={[
            {
              id: 'limit',
              title: t('request.limit'),
              render: limit => (
                <>
                  {t(`request.limit.${limit.action}`)}{' '}
                  {quantity(limit.limit, limit)}
                  <small>
                    <PlainText text={`${limit.what}, ${limit.rule}`} />
                  </small>
                </>
              ),
            },
            {
              id: 'value',
              title: t('request.limitValue'),
              render: limit =>
                limit.value === undefined
                  ? t('common.unknown')
                  : quantity(limit.value, limit),
            },
            {
              id: 'state',
              title: t('request.limitState'),
              render: limit =>
                limit.exceeded ? (
                  <StatusMark tone="bad" icon={RiAlertFill}>
                    {t('request.exceeded')}
                  </StatusMark>
                ) : (
                  <StatusMark tone="good" icon={RiCheckLine}>
                    {t('request.within')}
                  </StatusMark>
                ),
            },
          ]}
        />
      )}
    </>
  );
}
