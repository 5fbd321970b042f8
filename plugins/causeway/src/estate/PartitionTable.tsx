import { RiErrorWarningFill } from '@remixicon/react';
import type { PartitionStatus } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { stateLooks } from '../components/icons';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { StatusMark } from '../components/StatusMark';
import { useLocale } from '../components/useLocale';
import { useReasonTexts } from '../components/useReasonTexts';
import { formatAge } from '../lib/age';
import { useTexts } from '../components/useTexts';

/** The partitions of one source; for what is not fresh, why and what to do. */
export function PartitionTable(props: {
  label: string;
  partitions: PartitionStatus[];
  now: number;
}) {
  const { t } = useTexts();
  const { reasonName, whatToDo } = useReasonTexts();
  const locale = useLocale();
  const { now } = props;
  return (
    <ResponsiveTable
      label={props.label}
      rows={props.partitions}
      rowKey={({ id }) => id}
      firstShown={50}
      columns={[
        {
          id: 'kind',
          title: t('estate.partition'),
          render: ({ kind }) => kind,
        },
        {
          id: 'scope',
          title: t('estate.scope'),
          render: ({ scope }) =>
            scope === '-' || scope === '' ? t('estate.everywhere') : scope,
        },
        {
          id: 'state',
          title: t('estate.freshness'),
          render: ({ state, reason, message }) => (
            <>
              <StatusMark {...stateLooks[state]}>
                {t(`state.${state}`)}
                {reason &&
                  state !== 'absent' &&
                  `: ${reasonName(reason).toLocaleLowerCase(locale)}`}
              </StatusMark>
              {reason && state !== 'absent' && (
                <small>{message ?? whatToDo(reason)}</small>
              )}
            </>
          ),
        },
        {
          id: 'objects',
          title: t('estate.objects'),
          render: ({ objects, unreadable, removedOnConfirmation: removed }) => (
            <>
              {objects}
              {unreadable > 0 && (
                <div>
                  <StatusMark tone="caution" icon={RiErrorWarningFill}>
                    {t('estate.unreadable', { count: unreadable })}
                  </StatusMark>
                </div>
              )}
              {removed && (
                <small>
                  {t('estate.removedOnConfirmation', {
                    count: removed.objects,
                    time: formatAge(removed.at, now, { locale }),
                  })}
                </small>
              )}
            </>
          ),
        },
        {
          id: 'confirmed',
          title: t('estate.confirmed'),
          render: ({ confirmedAt, nextAttemptAt, state, watching }) => (
            <>
              {confirmedAt === undefined ? (
                t('estate.never')
              ) : (
                <Age at={confirmedAt} now={now} />
              )}
              {state !== 'absent' && (
                <small>
                  {t(watching ? 'estate.watching' : 'estate.polling')}
                  {state !== 'fresh' &&
                    nextAttemptAt !== undefined &&
                    `, ${t('estate.next', {
                      time: formatAge(nextAttemptAt, now, {
                        locale,
                        future: nextAttemptAt > now,
                      }),
                    })}`}
                </small>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
