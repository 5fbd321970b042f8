import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Terms } from '../components/Terms';
import { TimeLeft } from '../components/TimeLeft';
import { useLocale } from '../components/useLocale';
import { formatDuration } from '../lib/duration';
import { useTexts } from '../components/useTexts';

/** Both clocks: to decide, and to run. */
export function ClocksPart(props: { request: GateRequest; now: number }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { request, now } = props;
  const { approval, state } = request;
  return (
    <Terms
      items={[
        {
          name: t('request.decideBy'),
          value:
            state === 'pending' && request.decideBy !== undefined ? (
              <TimeLeft
                until={request.decideBy}
                now={now}
                from={request.createdAt}
              />
            ) : (
              formatDuration(approval.decideWithin, locale)
            ),
        },
        {
          name: t('request.executeBy'),
          value:
            state === 'approved' && request.executeBy !== undefined ? (
              <TimeLeft
                until={request.executeBy}
                now={now}
                from={request.approvedAt}
              />
            ) : (
              formatDuration(approval.executeWithin, locale)
            ),
        },
        {
          name: t('request.approvedAt'),
          value: request.approvedAt !== undefined && (
            <Age at={request.approvedAt} now={now} />
          ),
        },
        {
          name: t('request.finishedAt'),
          value: request.finishedAt !== undefined && (
            <Age at={request.finishedAt} now={now} />
          ),
        },
      ]}
    />
  );
}
