import { RiQuestionLine, RiRobot2Line } from '@remixicon/react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { useTexts } from '../components/useTexts';

/** Who asks, for whom, through what, and why. */
export function RequesterPart(props: { request: GateRequest; now: number }) {
  const { t } = useTexts();
  const { requester, reason, createdAt } = props.request;
  return (
    <>
      <Body>
        <PlainText text={reason} links folds />
      </Body>
      <Terms
        joined
        items={[
          {
            name: t('request.requester'),
            value: (
              <>
                <EntityLink entityRef={requester.ref} />{' '}
                <small>
                  <Age at={createdAt} now={props.now} />,{' '}
                  {t(`request.entrance.${requester.entrance}`)}
                </small>
              </>
            ),
          },
          {
            name: t('request.actsFor'),
            value: requester.actor && (
              <StatusMark tone="busy" icon={RiRobot2Line}>
                <PlainText text={requester.actor} />
              </StatusMark>
            ),
          },
          {
            name: t('request.unverified'),
            value: requester.unverifiedName && (
              <StatusMark tone="caution" icon={RiQuestionLine}>
                “<PlainText text={requester.unverifiedName} />”{' '}
                <small>({t('request.unverifiedWhy')})</small>
              </StatusMark>
            ),
          },
          {
            name: t('request.accountable'),
            value: requester.accountable && (
              <EntityLink entityRef={requester.accountable} />
            ),
          },
        ]}
      />
    </>
  );
}
