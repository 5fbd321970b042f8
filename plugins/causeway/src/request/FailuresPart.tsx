import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { RequestLink } from '../components/RequestLink';
import { RequestStateMark } from '../components/RequestStateMark';
import { useTexts } from '../components/useTexts';

/** What failed about the same target lately. */
export function FailuresPart(props: {
  failures: GateRequest['recentFailures'];
  now: number;
}) {
  const { t } = useTexts();
  return (
    <Body>
      {props.failures.length === 0 && <small>{t('request.noFailures')}</small>}
      {props.failures.length > 0 && (
        <ul>
          {props.failures.map(failure => (
            <li key={failure.id}>
              <RequestLink id={failure.id}>
                <PlainText text={failure.title} />
              </RequestLink>{' '}
              <RequestStateMark state={failure.state} />{' '}
              <small>
                <Age at={failure.at} now={props.now} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </Body>
  );
}
