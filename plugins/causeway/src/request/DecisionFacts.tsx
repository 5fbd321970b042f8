import { RiAlertFill, RiRobot2Line } from '@remixicon/react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { FreshnessMark } from '../components/FreshnessMark';
import { PersonName } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { RiskMark } from '../components/RiskMark';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { UnverifiedName } from '../components/UnverifiedName';
import { useLocale } from '../components/useLocale';
import { useTexts } from '../components/useTexts';
import { formatMoney } from '../lib/money';
import { shortName } from '../lib/shortName';
import { otherDoubts } from './cautions';

/** What a vote is about, besides what changes: where, for whom, at what stake and price, and in which doubt. */
export function DecisionFacts(props: { request: GateRequest; now: number }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { request, now } = props;
  const { assessment, cost, requester, target } = request;
  const doubts = otherDoubts(assessment);
  return (
    <Terms
      items={[
        {
          name: t('request.target'),
          value: <PlainText text={target.title} />,
        },
        {
          name: t('request.environment'),
          value: (
            <strong>
              <PlainText
                text={target.environment ?? t('gate.unknownEnvironment')}
              />
            </strong>
          ),
        },
        {
          name: t('request.source'),
          value: <PlainText text={request.binding?.source ?? target.source} />,
        },
        {
          name: t('request.observed'),
          value: <FreshnessMark freshness={target.freshness} now={now} />,
        },
        {
          name: t('request.requester'),
          value: (
            <>
              {requester.kind === 'user' ? (
                <PersonName entityRef={requester.ref} />
              ) : (
                <StatusMark tone="busy" icon={RiRobot2Line}>
                  <PlainText
                    text={t('approvals.subject', {
                      name: shortName(requester.ref),
                    })}
                  />
                </StatusMark>
              )}
              {requester.actor && (
                <div>
                  <StatusMark tone="busy" icon={RiRobot2Line}>
                    <PlainText
                      text={t('request.agentThrough', {
                        actor: requester.actor,
                      })}
                    />
                  </StatusMark>
                </div>
              )}
              {requester.unverifiedName && (
                <UnverifiedName name={requester.unverifiedName} />
              )}
            </>
          ),
        },
        {
          name: t('approvals.risk'),
          value: (
            <RiskMark
              level={assessment.risk.level}
              title={assessment.risk.title}
            />
          ),
        },
        {
          name: t('request.glanceCost'),
          value:
            cost?.delta === undefined
              ? t('request.costUnknown')
              : t('gate.perHour', {
                  amount: formatMoney(cost.delta, cost.currency, {
                    locale,
                    signed: true,
                  }),
                }),
        },
        {
          name: t('request.doubts'),
          value: doubts.length > 0 && (
            <>
              {doubts.map((doubt, index) => (
                <div key={index}>
                  <StatusMark tone="caution" icon={RiAlertFill}>
                    <PlainText text={doubt.message} />
                  </StatusMark>
                </div>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}
