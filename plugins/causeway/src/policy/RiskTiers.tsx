import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { RiskMark } from '../components/RiskMark';
import { Section } from '../components/Section';
import { shortName } from '../lib/shortName';
import type { ReadTier } from './readPolicy';
import { useTexts } from '../components/useTexts';

function Lines({ texts, none }: { texts: string[]; none: string }) {
  return texts.length === 0 ? (
    <span>{none}</span>
  ) : (
    <>
      {texts.map((text, index) => (
        <div key={index}>
          <PlainText text={text} />
        </div>
      ))}
    </>
  );
}

/** Risk tiers, strictest first. */
export function RiskTiers({ tiers }: { tiers: ReadTier[] }) {
  const { t } = useTexts();
  const approvalLines = ({ approval }: ReadTier): string[] =>
    approval === undefined
      ? []
      : [
          `${t('policy.approvals', { count: approval.count })}: ${approval.approvers
            .map(shortName)
            .join(', ')}`,
          ...approval.required.map(({ group, count }) =>
            t('policy.approvalsOf', {
              number: String(count),
              group: shortName(group),
            }),
          ),
          ...(approval.presence ? [t('request.presence')] : []),
          ...(approval.decideWithin
            ? [`${t('request.decideBy')}: ${approval.decideWithin}`]
            : []),
        ];
  return (
    <Section title={t('policy.riskTiers')}>
      <Body>
        <small>{t('policy.riskTiersText')}</small>
      </Body>
      <ResponsiveTable
        label={t('policy.riskTiers')}
        rows={tiers}
        rowKey={tier => tier.name}
        columns={[
          {
            id: 'tier',
            title: t('policy.tier'),
            render: tier => (
              <>
                <PlainText text={tier.title} />
                <small>
                  <RiskMark level={tier.level} />
                </small>
              </>
            ),
          },
          {
            id: 'applies',
            title: t('policy.applies'),
            render: tier => (
              <code>
                <PlainText text={tier.match ?? t('policy.everything')} />
              </code>
            ),
          },
          {
            id: 'autonomous',
            title: t('policy.autonomous'),
            render: tier => (
              <>
                <Lines
                  texts={tier.autonomous.map(text =>
                    text === '*' ? t('policy.everything') : text,
                  )}
                  none={t('policy.nothing')}
                />
                {tier.scaleFactor !== undefined && (
                  <small>
                    {t('policy.scale')}: {tier.scaleFactor}
                  </small>
                )}
              </>
            ),
          },
          {
            id: 'approval',
            title: t('policy.approval'),
            render: tier => (
              <Lines texts={approvalLines(tier)} none={t('policy.none')} />
            ),
          },
          {
            id: 'limits',
            title: t('policy.limits'),
            render: tier => (
              <Lines texts={tier.limits} none={t('policy.none')} />
            ),
          },
          {
            id: 'rollback',
            title: t('policy.autoRollback'),
            render: tier => t(tier.autoRollback ? 'policy.yes' : 'policy.no'),
          },
        ]}
      />
    </Section>
  );
}
