import { styled } from '@mui/material/styles';
import { RiAlertFill, RiCheckLine, RiRobot2Line } from '@remixicon/react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { useLocale } from '../components/useLocale';
import { formatDuration } from '../lib/duration';
import { formatMoney } from '../lib/money';
import { decidedRows } from './recordRows';
import { useTexts } from '../components/useTexts';

const Box = styled('div')(({ theme }) => ({
  borderLeft: `4px dashed ${theme.palette.warning.main}`,
  background: theme.palette.background.default,
}));

const Mark = styled('p')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(1.25, 2, 0),
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  fontSize: '0.8125rem',
  fontWeight: 600,
}));

/** An agent's evidence: text that its writer chose, shown as such. */
export function RecordPart({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  const locale = useLocale();
  const record = request.recommendation!;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const missing = <small>{t('request.recordMissing')}</small>;
  const { usage } = record;
  const used = usage && [
    usage.tokens !== undefined &&
      t('request.tokens', {
        count: usage.tokens,
        tokens: number.format(usage.tokens),
      }),
    usage.cost !== undefined && formatMoney(usage.cost, 'USD', { locale }),
    usage.durationMs !== undefined && formatDuration(usage.durationMs, locale),
  ];
  return (
    <Box>
      <Mark>
        <RiRobot2Line size={18} aria-hidden />
        {t('request.recordBy')}
      </Mark>
      <Terms
        items={[
          {
            name: t('request.recordAsked'),
            value: record.asked ? (
              <PlainText text={record.asked} links folds />
            ) : (
              missing
            ),
          },
          {
            name: t('request.recordRationale'),
            value: record.rationale ? (
              <PlainText text={record.rationale} links folds />
            ) : (
              missing
            ),
          },
          {
            name: t('request.recordType'),
            value: record.decisionType && (
              <PlainText text={record.decisionType} />
            ),
          },
          {
            name: t('request.recordConstraints'),
            value:
              record.constraints.length > 0
                ? record.constraints.map((constraint, index) => (
                    <div key={index}>
                      <PlainText text={constraint} links folds />
                    </div>
                  ))
                : missing,
          },
          {
            name: t('request.recordRejected'),
            value:
              record.rejected.length > 0
                ? record.rejected.map(({ alternative, why }, index) => (
                    <div key={index}>
                      <PlainText text={alternative} links folds />
                      {': '}
                      <PlainText text={why} links folds />
                    </div>
                  ))
                : missing,
          },
          {
            name: t('request.recordConfidence'),
            value:
              record.confidence === undefined
                ? missing
                : new Intl.NumberFormat(locale, { style: 'percent' }).format(
                    record.confidence,
                  ),
          },
          {
            name: t('request.recordModel'),
            value: record.model && <PlainText text={record.model} />,
          },
          {
            name: t('request.recordTrace'),
            value: record.traceId && <PlainText text={record.traceId} />,
          },
          {
            name: t('request.recordUsage'),
            value: used?.filter(Boolean).join(', '),
          },
        ]}
      />
      {record.decided.length > 0 && (
        <ResponsiveTable
          label={t('request.recordDecided')}
          rows={decidedRows(record.decided, request.plan).map((row, index) => ({
            ...row,
            index,
          }))}
          rowKey={row => String(row.index)}
          columns={[
            {
              id: 'path',
              title: t('request.recordDecided'),
              render: row => <PlainText text={row.path} />,
            },
            {
              id: 'value',
              title: t('request.value'),
              render: row => (
                <PlainText
                  text={`${row.current ?? '?'} → ${row.proposed ?? '?'}`}
                />
              ),
            },
            {
              id: 'plan',
              title: t('request.recordPlan'),
              render: row =>
                row.borneOut ? (
                  <StatusMark tone="good" icon={RiCheckLine}>
                    {t('request.recordBorneOut')}
                  </StatusMark>
                ) : (
                  <StatusMark tone="bad" icon={RiAlertFill}>
                    <PlainText
                      text={`${t('request.recordNotBorneOut')}: ${
                        row.planned ?? t('request.absent')
                      }`}
                    />
                  </StatusMark>
                ),
            },
          ]}
        />
      )}
      {record.observed.length > 0 && (
        <ResponsiveTable
          label={t('request.recordObserved')}
          firstShown={12}
          rows={record.observed.map((row, index) => ({ ...row, index }))}
          rowKey={row => String(row.index)}
          columns={[
            {
              id: 'name',
              title: t('request.recordObserved'),
              render: row => <PlainText text={row.name} />,
            },
            {
              id: 'value',
              title: t('request.value'),
              render: row => (
                <PlainText
                  text={`${number.format(row.value)} ${row.unit ?? ''}`.trim()}
                />
              ),
            },
            {
              id: 'window',
              title: t('request.window'),
              render: row =>
                row.window ? <PlainText text={row.window} /> : missing,
            },
            {
              id: 'samples',
              title: t('request.samples'),
              render: row =>
                row.samples === undefined
                  ? missing
                  : number.format(row.samples),
            },
            {
              id: 'source',
              title: t('request.source'),
              render: row =>
                row.source ? <PlainText text={row.source} /> : missing,
            },
          ]}
        />
      )}
    </Box>
  );
}
