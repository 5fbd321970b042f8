import { styled } from '@mui/material/styles';
import type { EstateStatus } from '@causeway/backstage-plugin-causeway-common';
import { Section } from '../components/Section';
import { useNames } from '../graph/useNames';
import { useTexts } from '../components/useTexts';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(18rem, 100%), 1fr))',
  gap: theme.spacing(2, 5),
  padding: theme.spacing(2),
  fontSize: '0.875rem',
  '& h3': {
    margin: theme.spacing(0, 0, 1),
    fontSize: '0.8125rem',
    fontWeight: 500,
    color: theme.palette.text.secondary,
  },
}));

const Rows = styled('dl')(({ theme }) => ({
  margin: 0,
  '& > div': {
    display: 'grid',
    gridTemplateColumns: '10rem minmax(0, 1fr) 3rem',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.375, 0),
  },
  '& dd': {
    margin: 0,
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
  },
}));

const Bar = styled('span')(({ theme }) => ({
  display: 'block',
  height: 8,
  minWidth: 2,
  borderRadius: 4,
  background: theme.palette.primary.main,
  opacity: 0.75,
}));

function Counts(props: {
  title: string;
  counts: Record<string, number>;
  nameOf: (key: string) => string;
}) {
  const rows = Object.entries(props.counts).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return (
    <div>
      <h3>{props.title}</h3>
      <Rows>
        {rows.map(([key, count]) => (
          <div key={key}>
            <dt>{props.nameOf(key)}</dt>
            <Bar aria-hidden style={{ width: `${(100 * count) / most}%` }} />
            <dd>{count}</dd>
          </div>
        ))}
      </Rows>
    </div>
  );
}

/** Entities by type and relations by type. */
export function Composition({ counts }: Pick<EstateStatus, 'counts'>) {
  const { t } = useTexts();
  const { typeName, relationName } = useNames();
  return (
    <Section title={t('estate.composition')}>
      <Columns>
        <Counts
          title={t('estate.byType')}
          counts={counts.byType}
          nameOf={typeName}
        />
        <Counts
          title={t('estate.byRelation')}
          counts={counts.byRelation}
          nameOf={relationName}
        />
      </Columns>
    </Section>
  );
}
