import { RiRobot2Line, RiStopCircleLine } from '@remixicon/react';
import {
  agentKeyOf,
  type GateRequest,
  type GateStatus,
} from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { UnverifiedName } from '../components/UnverifiedName';
import { HaltButton } from '../halt/HaltButton';
import { useTexts } from '../components/useTexts';

/** Who asks, for whom, through what, and why; an agent can be halted from here. */
export function RequesterPart(props: {
  request: GateRequest;
  now: number;
  status?: GateStatus;
  onGateChanged: () => void;
}) {
  const { t } = useTexts();
  const { status, request } = props;
  const { requester, reason, createdAt } = request;
  const agent = agentKeyOf(requester);
  const isHalted = status?.halts.some(({ scope }) => scope === agent);
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
              <>
                <UnverifiedName name={requester.unverifiedName} />
                <small>{t('request.unverifiedWhy')}</small>
              </>
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
      {agent && (isHalted || status?.choices.halt.allowed) && (
        <Body style={{ justifyItems: 'start' }}>
          {isHalted && (
            <StatusMark tone="bad" icon={RiStopCircleLine}>
              {t('halt.agentHalted')}
            </StatusMark>
          )}
          <HaltButton
            scope={agent}
            status={status}
            onChanged={props.onGateChanged}
          />
        </Body>
      )}
    </>
  );
}
