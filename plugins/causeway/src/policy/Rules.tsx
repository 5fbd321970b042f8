import type { JsonObject } from '@backstage/types';
import { Body, Pre } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { outline } from '../lib/jsonText';
import type { ReadRule } from './readPolicy';
import { useTexts } from '../components/useTexts';

/** Rules of one kind: their names, and what they say as it is written. */
export function Rules(props: { title: string; rules: ReadRule[] }) {
  const { t } = useTexts();
  return (
    <Section title={props.title}>
      <ResponsiveTable
        label={props.title}
        rows={props.rules}
        rowKey={({ name }) => name}
        columns={[
          {
            id: 'name',
            title: t('policy.name'),
            render: rule => (
              <>
                <PlainText text={rule.title ?? rule.name} />
                {rule.title && (
                  <small>
                    <PlainText text={rule.name} />
                  </small>
                )}
              </>
            ),
          },
          {
            id: 'says',
            title: t('policy.says'),
            render: rule => (
              <code>
                <PlainText text={outline(rule.says)} />
              </code>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** A part of the policy as it is written. */
export function Written(props: { title: string; value: JsonObject }) {
  return (
    <Section title={props.title}>
      <Body>
        <Pre>
          <PlainText text={outline(props.value)} />
        </Pre>
      </Body>
    </Section>
  );
}
