import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiHistoryLine } from '@remixicon/react';
import type {
  EntityChanges,
  EstateChange,
  Fact,
  FactValue,
} from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Empty } from '../components/Empty';
import { EntityLink } from '../components/EntityLink';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { causewayTranslationRef } from '../translation';
import { FactValueText } from './FactValueText';

function Value(props: { value?: FactValue; like?: Fact }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const { value, like } = props;
  return value === undefined ? (
    <>{t('common.none')}</>
  ) : (
    <FactValueText
      fact={{
        value,
        type: like?.type ?? (typeof value as 'string'),
        unit: like?.unit,
      }}
    />
  );
}

function What(props: { change: EstateChange; like?: Fact }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const { what, attribute, before, after, otherRef } = props.change;
  switch (what) {
    case 'changed':
      return (
        <>
          <code>{attribute}</code>: <Value value={before} like={props.like} /> →{' '}
          <Value value={after} like={props.like} />
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
export function RecentChanges(props: {
  changes: EntityChanges;
  /** Of the entity: they say of which type and unit values are. */
  facts: readonly Fact[];
}) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const { changes, entityRef, now } = props.changes;
  const likes = new Map(props.facts.map(fact => [fact.name, fact]));
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
              render: change => (
                <What
                  change={change}
                  like={likes.get(change.attribute ?? '')}
                />
              ),
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
