import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { RiEyeOffLine } from '@remixicon/react';
import type { Plan } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { Empty } from '../components/Empty';
import { PlainText } from '../components/PlainText';
import {
  ResponsiveTable,
  type TableColumn,
} from '../components/ResponsiveTable';
import { planRows, type PlanRow, type PlanValue } from '../lib/planRows';
import { useTexts } from '../components/useTexts';

const Value = styled('span')({
  display: 'inline-block',
  // A long value beside it must not squeeze a short one.
  minWidth: '5rem',
  fontFamily: 'monospace',
  fontVariantNumeric: 'tabular-nums',
  fontSize: '0.9375rem',
  '&[data-new]': { fontWeight: 700 },
});

function Shown(props: { value?: PlanValue; unit?: string; isNew?: boolean }) {
  const { t } = useTexts();
  const { value, unit } = props;
  if (!value) {
    return <small>{t('request.absent')}</small>;
  }
  const withUnit = ({ text }: PlanValue) => {
    // Operations name a unit once, for one and for many.
    if (unit === 'pods' && /^\d+$/.test(text)) {
      return t('request.pods', { count: Number(text) });
    }
    return unit && !value.cut ? `${text} ${unit}` : text;
  };
  return (
    <Value data-new={props.isNew || undefined}>
      <PlainText text={withUnit(value)} />
      {value.cut && '…'}
    </Value>
  );
}

/** Before and after, value by value. What is left out is said, and shown on demand. */
export function ChangesPart(props: {
  plan?: Plan;
  /** Name of the table. */
  label: string;
  /** Told whenever it changes whether all of it is on the screen. */
  showsAll?: boolean;
  onShowAll?: () => void;
}) {
  const { t } = useTexts();
  const { plan } = props;
  const [ownWhole, setOwnWhole] = useState(false);
  const whole = props.showsAll ?? ownWhole;
  const showAll = props.onShowAll ?? (() => setOwnWhole(true));
  if (!plan) {
    return <Empty title={t('request.noPlan')} icon={RiEyeOffLine} />;
  }
  const { rows, hidden } = planRows(plan.changes, { whole });
  const columns: TableColumn<PlanRow>[] = [
    {
      id: 'what',
      title: t('request.changeWhat'),
      render: row => (
        <>
          <PlainText text={row.label} />
          {row.path !== row.label && (
            <small>
              <PlainText text={row.path} />
            </small>
          )}
        </>
      ),
    },
    {
      id: 'before',
      title: t('request.before'),
      render: row => <Shown value={row.before} unit={row.unit} />,
    },
    {
      id: 'after',
      title: t('request.after'),
      render: row => <Shown value={row.after} unit={row.unit} isNew />,
    },
  ];
  return (
    <>
      {rows.length > 0 ? (
        <ResponsiveTable
          label={props.label}
          columns={columns}
          rows={rows}
          rowKey={row => row.id}
        />
      ) : (
        <Empty title={t('request.noChanges')} />
      )}
      {hidden && (
        <Body>
          <Alert
            severity="warning"
            role="status"
            icon={<RiEyeOffLine size={22} aria-hidden />}
            action={
              <Button color="inherit" size="small" onClick={showAll}>
                {t('request.showHidden')}
              </Button>
            }
          >
            {t('request.hidden')}
          </Alert>
        </Body>
      )}
    </>
  );
}
