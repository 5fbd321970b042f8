import { RiAlertFill } from '@remixicon/react';
import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { StatusMark } from '../components/StatusMark';
import { useTexts } from '../components/useTexts';

/** Which rules spoke and why, and what was in doubt. */
export function RulesPart({ assessment }: { assessment: Assessment }) {
  const { t } = useTexts();
  const { doubts, rules } = assessment;
  return (
    <>
      <Body>
        <p>
          <PlainText text={assessment.summary} />
          <br />
          <small>
            {t('request.decidedBy')}{' '}
            <code>
              <PlainText text={assessment.decidedBy} />
            </code>
          </small>
        </p>
        {doubts.length > 0 && (
          <div>
            <h3>{t('request.doubts')}</h3>
            <ul aria-label={t('request.doubts')}>
              {doubts.map((doubt, index) => (
                <li key={index}>
                  <StatusMark tone="caution" icon={RiAlertFill}>
                    <PlainText text={doubt.message} />
                  </StatusMark>
                </li>
              ))}
            </ul>
          </div>
        )}
        {rules.length === 0 && <small>{t('request.noRules')}</small>}
      </Body>
      {rules.length > 0 && (
        <ResponsiveTable
          label={t('request.rules')}
          rows={rules.map((rule, index) => ({ ...rule, index }))}
          rowKey={rule => String(rule.index)}
          columns={[
            {
              id: 'rule',
              title: t('request.rule'),
              render: rule => (
                // Wide enough for `riskTiers/production` in one piece.
                <code style={{ display: 'block', minWidth: '10rem' }}>
                  <PlainText text={rule.rule} />
                </code>
              ),
            },
            {
              id: 'effect',
              title: t('request.effect'),
              render: rule => <PlainText text={rule.effect} />,
            },
            {
              id: 'because',
              title: t('request.because'),
              render: rule => <PlainText text={rule.reason} />,
            },
          ]}
        />
      )}
    </>
  );
}
