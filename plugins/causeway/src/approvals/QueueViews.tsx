import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { useLocale } from '../components/useLocale';
import { queueViews, type QueueView } from './queueFilter';
import { useTexts } from '../components/useTexts';

/** Which requests are looked at, with how many want me and wait. */
export function QueueViews(props: {
  view: QueueView;
  status?: GateStatus;
  onChange: (view: QueueView) => void;
}) {
  const { t } = useTexts();
  const number = new Intl.NumberFormat(useLocale());
  const counts: Partial<Record<QueueView, number>> = {
    mine: props.status?.mine,
    pending: props.status?.pending,
  };
  return (
    <Tabs
      value={props.view}
      onChange={(_event, view: QueueView) => props.onChange(view)}
      variant="scrollable"
      scrollButtons={false}
      aria-label={t('approvals.views')}
      sx={{ minHeight: 40, borderBottom: 1, borderColor: 'divider' }}
    >
      {queueViews.map(view => (
        <Tab
          key={view}
          value={view}
          sx={{ minHeight: 40, px: 1.5, minWidth: 0 }}
          label={
            counts[view] === undefined
              ? t(`approvals.view.${view}`)
              : `${t(`approvals.view.${view}`)} (${number.format(counts[view]!)})`
          }
        />
      ))}
    </Tabs>
  );
}
