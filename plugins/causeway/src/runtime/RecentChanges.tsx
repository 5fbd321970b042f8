import { RiHistoryLine } from '@remixicon/react';
import type {
  EntityChanges,
  EstateChange,
  FactValue,
} from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Empty } from '../components/Empty';
import { EntityLink } from '../components/EntityLink';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { FactValueText } from './FactValueText';
import { useTexts } from '../components/useTexts';

function Value(props: { value?: FactValue; of: EstateChange }) {
  const { t } = useTexts();
  const { value, of } = props;
  return value === undefined ? (
    <>{t('common.none')}</>
  ) : (
    <FactValueText
      fact={{
        value,
        type: of.type ?? (typeof value as 'string'),
        unit: of.unit,
      }}
    />
  );
}

function What(props: { change: EstateChange }) {
  const { t } = useTexts();
  const { what, attribute, before, after, otherRef } = props.change;
  switch (what) {
    case 'changed':
      return (
        <>
          <code>{attribute}</code>: <Value value={before} of={props.change} /> →{' '}
          <Value value={after} of={props.change} />
        </>
      );
    case 'related':
    case 'unrelated':
      return (
        <>
          {t(`changes.${what}`)} <code>{attribute}</code>{' '}
          <EntityLink entityRef={otherRef!} />
        </>
      );
    default:
      return <>{t(`changes.${what}`)}</>;
  }
}

/** What changed of an entity lately, newest first. */
export function RecentChanges(props: { changes: EntityChanges }) {
  const { t } = useTexts();
  const { changes, entityRef, now } = props.changes;
  return (
    <Section title={t('changes.title')}>
      {!changes.length && (
        <Empty icon={RiHistoryLine} title={t('changes.emptyTitle')}>
          {t('changes.emptyText')}
        </Empty>
      )}
      {changes.length > 0 && (
        <ResponsiveTable
          label={t('changes.title')}
          rows={changes}
          firstShown={8}
          rowKey={change =>
            `${change.at} ${change.entityRef} ${change.what} ${change.attribute} ${change.otherRef}`
          }
          columns={[
            {
              id: 'when',
              title: t('changes.when'),
              render: ({ at }) => <Age at={at} now={now} />,
            },
            {
              id: 'what',
              title: t('changes.what'),
              render: change => <What change={change} />,
            },
            {
              id: 'where',
              title: t('changes.where'),
              render: change =>
                change.entityRef === entityRef ? (
                  t('changes.itself')
                ) : (
                  <EntityLink entityRef={change.entityRef} />
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
