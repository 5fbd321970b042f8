import Box from '@mui/material/Box';
import { RiFileList3Line } from '@remixicon/react';
import type { EntityFacts } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Empty } from '../components/Empty';
import { FreshnessMark } from '../components/FreshnessMark';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { SourcedText } from '../components/SourcedText';
import { FactValueText } from './FactValueText';
import { useTexts } from '../components/useTexts';

/** What is known of an entity, and what is not. */
export function FactList(props: { facts: EntityFacts }) {
  const { t } = useTexts();
  const { facts, unknown, now } = props.facts;
  return (
    <Section title={t('facts.title')}>
      {!facts.length && (
        <Empty icon={RiFileList3Line} title={t('facts.emptyTitle')}>
          {t('facts.emptyText')}
        </Empty>
      )}
      {facts.length > 0 && (
        <ResponsiveTable
          label={t('facts.title')}
          rows={facts}
          firstShown={8}
          rowKey={({ name }) => name}
          columns={[
            {
              id: 'fact',
              title: t('facts.fact'),
              render: ({ name }) => <code>{name}</code>,
            },
            {
              id: 'value',
              title: t('facts.value'),
              render: fact => (
                <>
                  <SourcedText
                    value={{
                      value: String(fact.value),
                      origin: fact.origin,
                      rule: fact.source,
                    }}
                  >
                    <FactValueText fact={fact} />
                  </SourcedText>
                  {fact.carried && <small>{t('facts.carried')}</small>}
                </>
              ),
            },
            {
              id: 'since',
              title: t('facts.since'),
              render: ({ since }) => <Age at={since} now={now} />,
            },
            {
              id: 'confirmed',
              title: t('facts.confirmed'),
              render: ({ freshness }) => (
                <FreshnessMark freshness={freshness} now={now} />
              ),
            },
          ]}
        />
      )}
      {unknown.length > 0 && (
        <Box
          component="p"
          sx={{
            m: 0,
            px: 2,
            py: 1.5,
            borderTop: 1,
            borderColor: 'divider',
            fontSize: '0.8125rem',
            color: 'text.secondary',
            overflowWrap: 'anywhere',
          }}
        >
          {t('facts.unknown', {
            names: unknown.map(({ name }) => name).join(', '),
          })}
        </Box>
      )}
    </Section>
  );
}
