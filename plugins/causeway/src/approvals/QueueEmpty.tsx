import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { RiCheckDoubleLine, RiFilterOffLine } from '@remixicon/react';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { Empty } from '../components/Empty';
import { countFilters, type QueueFilter } from './queueFilter';
import { useTexts } from '../components/useTexts';

/** Why the queue is empty, and where there is something. */
export function QueueEmpty(props: {
  filter: QueueFilter;
  status?: GateStatus;
  onPending: () => void;
}) {
  const { t } = useTexts();
  const { filter, status } = props;
  if (countFilters(filter) > 0) {
    return (
      <Empty icon={RiFilterOffLine} title={t('approvals.emptyFiltered')} />
    );
  }
  switch (filter.view) {
    case 'mine':
      return (
        <>
          <Empty icon={RiCheckDoubleLine} title={t('approvals.emptyMine')}>
            {status &&
              (status.pending > 0
                ? t('approvals.emptyMineText', { count: status.pending })
                : t('approvals.emptyMineNone'))}
          </Empty>
          {status !== undefined && status.pending > 0 && (
            <Box sx={{ display: 'grid', justifyItems: 'center', pb: 4 }}>
              <Button variant="outlined" onClick={props.onPending}>
                {t('approvals.showPending')}
              </Button>
            </Box>
          )}
        </>
      );
    case 'pending':
      return (
        <Empty icon={RiCheckDoubleLine} title={t('approvals.emptyPending')} />
      );
    case 'active':
      return <Empty title={t('approvals.emptyActive')} />;
    case 'asked':
      return (
        <Empty title={t('approvals.emptyAsked')}>
          {t('approvals.emptyAskedText')}
        </Empty>
      );
    default:
      return (
        <Empty title={t('approvals.emptyAll')}>
          {t('approvals.emptyAskedText')}
        </Empty>
      );
  }
}
