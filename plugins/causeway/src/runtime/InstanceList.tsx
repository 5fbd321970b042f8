import { RiErrorWarningFill } from '@remixicon/react';
import type { RunningInstance } from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { FreshnessMark } from '../components/FreshnessMark';
import { HealthMark } from '../components/HealthMark';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { SourcedText } from '../components/SourcedText';
import { StatusMark } from '../components/StatusMark';
import { SyncMark } from '../components/SyncMark';
import { isScheduled, sortInstances } from './summary';
import { useTexts } from '../components/useTexts';

function Replicas({
  replicas,
  workloadKind,
}: Pick<RunningInstance, 'replicas' | 'workloadKind'>) {
  const { t } = useTexts();
  if (!replicas) {
    return (
      <>
        {isScheduled({ workloadKind })
          ? t('runtime.scheduled')
          : t('common.unknown')}
      </>
    );
  }
  const { desired, ready, min, max } = replicas;
  const text = t('runtime.ready', {
    ready: String(ready),
    desired: String(desired),
  });
  return (
    <>
      {ready < desired ? (
        <StatusMark tone="caution" icon={RiErrorWarningFill}>
          {text}
        </StatusMark>
      ) : (
        text
      )}
      {max !== undefined && (
        <small>
          {t('runtime.scales', { min: String(min ?? 1), max: String(max) })}
        </small>
      )}
    </>
  );
}

/** Every place where a service runs. */
export function InstanceList(props: {
  instances: RunningInstance[];
  now: number;
}) {
  const { t } = useTexts();
  return (
    <ResponsiveTable
      label={t('runtime.instances')}
      rows={sortInstances(props.instances)}
      rowKey={instance => instance.entityRef}
      columns={[
        {
          id: 'environment',
          title: t('runtime.environment'),
          render: ({ environment }) =>
            environment ? (
              <SourcedText value={environment} />
            ) : (
              t('runtime.noEnvironment')
            ),
        },
        {
          id: 'place',
          keepsTogether: true,
          title: t('runtime.place'),
          render: ({ entityRef, cluster, namespace, workloadKind, title }) => (
            <>
              <EntityLink entityRef={entityRef}>
                {cluster} / {namespace}
              </EntityLink>
              <small>
                {workloadKind} {title}
              </small>
            </>
          ),
        },
        {
          id: 'version',
          keepsTogether: true,
          title: t('runtime.version'),
          render: ({ version, image }) => (
            <code title={image}>{version ?? t('common.unknown')}</code>
          ),
        },
        {
          id: 'replicas',
          keepsTogether: true,
          title: t('runtime.replicas'),
          render: instance => <Replicas {...instance} />,
        },
        {
          id: 'health',
          keepsTogether: true,
          title: t('runtime.health'),
          render: instance => (
            <HealthMark
              health={instance.health}
              scheduled={isScheduled(instance)}
            />
          ),
        },
        {
          id: 'sync',
          keepsTogether: true,
          title: t('runtime.sync'),
          render: ({ sync, applicationRef }) => (
            <>
              <SyncMark sync={sync} />
              {applicationRef && (
                <small>
                  <EntityLink entityRef={applicationRef}>
                    {t('runtime.application')}
                  </EntityLink>
                </small>
              )}
            </>
          ),
        },
        {
          id: 'observed',
          title: t('runtime.observed'),
          render: ({ freshness }) => (
            <FreshnessMark freshness={freshness} now={props.now} />
          ),
        },
      ]}
    />
  );
}
