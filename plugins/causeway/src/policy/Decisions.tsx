import { PlainText } from '../components/PlainText';
import {
  ResponsiveTable,
  type TableColumn,
} from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import type { ReadDecision } from './readPolicy';
import { useTexts } from '../components/useTexts';

/** Who decides about which operation. */
export function Decisions({ decisions }: { decisions: ReadDecision[] }) {
  const { t } = useTexts();
  const tierText = (tier: string) =>
    tier === '1' || tier === '2' || tier === '3'
      ? t(`gate.tier.${tier}`)
      : tier;
  const reasonColumn: TableColumn<ReadDecision> = {
    id: 'reason',
    title: t('policy.reason'),
    render: decision => <PlainText text={decision.reason ?? '–'} />,
  };
  return (
    <Section title={t('policy.decisions')}>
      <ResponsiveTable
        label={t('policy.decisions')}
        rows={decisions}
        rowKey={({ name }) => name}
        columns={[
          {
            id: 'decision',
            title: t('policy.decision'),
            render: decision => (
              <>
                <PlainText text={decision.title ?? decision.name} />
                {decision.title && (
                  <small>
                    <PlainText text={decision.name} />
                  </small>
                )}
              </>
            ),
          },
          {
            id: 'operations',
            title: t('policy.operations'),
            render: ({ operations }) => (
              <PlainText
                text={operations.join(', ') || t('policy.everything')}
              />
            ),
          },
          {
            id: 'when',
            title: t('policy.when'),
            render: ({ when }) =>
              when ? (
                <code>
                  <PlainText text={when} />
                </code>
              ) : (
                t('policy.always')
              ),
          },
          {
            id: 'result',
            title: t('policy.result'),
            render: ({ tier }) => <PlainText text={tierText(tier)} />,
          },
          ...(decisions.some(({ reason }) => reason) ? [reasonColumn] : []),
        ]}
      />
    </Section>
  );
}
