import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { useLocale } from '../components/useLocale';
import { compareEnvironments } from '../lib/environments';
import { formatMoney } from '../lib/money';
import { useTexts } from '../components/useTexts';

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(6, minmax(0, 1fr))',
  gap: 1,
  margin: 0,
  overflow: 'hidden',
  borderRadius: 10,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.divider,
  '& > div': {
    padding: theme.spacing(1.25, 1.5),
    background: theme.palette.background.paper,
    minWidth: 0,
  },
  '& dt': { fontSize: '0.75rem', color: theme.palette.text.secondary },
  '& dd': {
    margin: 0,
    fontSize: '0.9375rem',
    fontWeight: 600,
    lineHeight: 1.35,
    overflowWrap: 'anywhere',
  },
  '& dd + dd': {
    fontSize: '0.8125rem',
    fontWeight: 400,
    color: theme.palette.text.secondary,
  },
  [theme.breakpoints.down('lg')]: {
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
  },
  [theme.breakpoints.down('sm')]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  },
}));

/** What a decision turns on, in one strip: the parts below have the rest. */
export function Glance({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { agentRecord, assessment, blastRadius, cost, plan } = request;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const [environment, inEnvironment] =
    Object.entries(blastRadius?.byEnvironment ?? {}).sort(([a], [b]) =>
      compareEnvironments(a || undefined, b || undefined),
    )[0] ?? [];
  const undone = () => {
    if (!plan?.rollback) {
      return t('request.glanceStays');
    }
    return t(
      assessment.verification.autoRollback
        ? 'request.glanceUndone'
        : 'request.glanceByPeople',
    );
  };
  const cells: { name: string; value: ReactNode; note?: ReactNode }[] = [
    {
      name: t('request.environment'),
      value: (
        <PlainText
          text={request.target.environment ?? t('gate.unknownEnvironment')}
        />
      ),
      note: <PlainText text={request.target.title} />,
    },
    {
      name: t('request.glanceTouches'),
      value: blastRadius
        ? `${blastRadius.atLeast ? '≥ ' : ''}${blastRadius.total}`
        : t('common.unknown'),
      note:
        environment &&
        t('request.glanceOf', {
          number: String(inEnvironment),
          environment,
        }),
    },
    {
      name: t('request.glanceCost'),
      value:
        cost?.delta === undefined
          ? t('common.unknown')
          : formatMoney(cost.delta, cost.currency, { locale, signed: true }),
      note: t('request.glanceHour'),
    },
    {
      name: t('request.glanceAgent'),
      value: agentRecord
        ? t('request.glanceRight', {
            right: String(agentRecord.right),
            of: String(agentRecord.of),
          })
        : '–',
      note:
        agentRecord &&
        (agentRecord.lowerBound === undefined
          ? t('request.glanceTooFew')
          : t('request.glanceBound', {
              bound: percent.format(agentRecord.lowerBound),
            })),
    },
    {
      name: t('request.glanceWrong'),
      value: undone(),
      note: request.recentFailures.length
        ? t('request.glanceFailures', {
            count: request.recentFailures.length,
          })
        : undefined,
    },
    {
      name: t(
        assessment.outcome === 'review'
          ? 'request.glanceAsks'
          : 'request.decidedBy',
      ),
      value: <PlainText text={assessment.risk.title} />,
      note: <PlainText text={assessment.decidedBy.replace(/^policy\//, '')} />,
    },
  ];
  return (
    <List aria-label={t('request.glance')}>
      {cells.map(cell => (
        <div key={cell.name}>
          <dt>{cell.name}</dt>
          <dd>{cell.value}</dd>
          {cell.note && <dd>{cell.note}</dd>}
        </div>
      ))}
    </List>
  );
}
