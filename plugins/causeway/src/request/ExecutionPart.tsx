import type {
  Execution,
  RequestEvent,
} from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { RequestStateMark } from '../components/RequestStateMark';
import { Terms } from '../components/Terms';
import { useTexts } from '../components/useTexts';

/** What ran, what verification saw, and whether it was undone. */
export function ExecutionPart(props: {
  execution: Execution;
  /** What a person found where the gate could not tell. */
  reconciled?: { event: RequestEvent; comment?: string };
  now: number;
}) {
  const { t } = useTexts();
  const { execution, now, reconciled } = props;
  const { verification, rollback } = execution;
  const when = (at?: number) =>
    at === undefined ? undefined : <Age at={at} now={now} />;
  return (
    <Terms
      items={[
        {
          name: t('request.attempt', { attempt: String(execution.attempt) }),
          value: (
            <>
              {reconciled ? (
                // It ended so for the gate; what is true, people found.
                <RequestStateMark state="unknown" />
              ) : (
                <RequestStateMark state={execution.state} />
              )}
              {execution.message && (
                <div>
                  <PlainText text={execution.message} folds />
                </div>
              )}
            </>
          ),
        },
        {
          name: t('request.found'),
          value: reconciled && (
            <>
              <RequestStateMark state={execution.state} />
              <div>
                <EntityLink entityRef={reconciled.event.by} />{' '}
                <small>
                  <Age at={reconciled.event.at} now={now} />
                </small>
                {': '}
                <PlainText text={reconciled.event.message} />
                {reconciled.comment && (
                  <>
                    {'. '}“<PlainText text={reconciled.comment} folds />”
                  </>
                )}
              </div>
            </>
          ),
        },
        { name: t('request.started'), value: when(execution.startedAt) },
        { name: t('request.written'), value: when(execution.writtenAt) },
        {
          name: t('request.verification'),
          value: verification && (
            <>
              <PlainText text={verification.message} folds />{' '}
              <small>
                <Age at={verification.checkedAt} now={now} />,{' '}
                {t('request.soakUntil')}{' '}
                <Age at={verification.soakUntil} now={now} future />
              </small>
            </>
          ),
        },
        {
          name: t('request.rollback'),
          value: rollback && (
            <>
              {t(
                rollback.done ? 'request.rollbackDone' : 'request.rollbackNot',
              )}
              {': '}
              <PlainText text={rollback.message} folds />{' '}
              <small>
                <Age at={rollback.at} now={now} />
              </small>
            </>
          ),
        },
        { name: t('request.finished'), value: when(execution.finishedAt) },
      ]}
    />
  );
}
