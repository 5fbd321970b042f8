import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import { RiMapPinFill, RiShipLine } from '@remixicon/react';
import type { Delivery } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Empty } from '../components/Empty';
import { EntityLink } from '../components/EntityLink';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { StatusMark } from '../components/StatusMark';
import { shortRevision } from '../lib/revision';
import { useTexts } from '../components/useTexts';

function Revision({ delivery }: { delivery: Delivery }) {
  const { t } = useTexts();
  const revision = <code>{shortRevision(delivery.revision)}</code>;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {delivery.revisionUrl ? (
        <Link to={delivery.revisionUrl} title={delivery.revision}>
          {revision}
        </Link>
      ) : (
        revision
      )}
      {delivery.current && (
        <StatusMark tone="good" icon={RiMapPinFill}>
          {t('deliveries.current')}
        </StatusMark>
      )}
    </Box>
  );
}

/** What Argo CD deployed, newest first. */
export function DeliveryHistory(props: {
  deliveries: Delivery[];
  now: number;
}) {
  const { t } = useTexts();
  const { deliveries, now } = props;
  return (
    <Section title={t('deliveries.title')}>
      {!deliveries.length && (
        <Empty icon={RiShipLine} title={t('deliveries.emptyTitle')}>
          {t('deliveries.emptyText')}
        </Empty>
      )}
      {deliveries.length > 0 && (
        <ResponsiveTable
          label={t('deliveries.title')}
          rows={deliveries}
          firstShown={8}
          rowKey={({ applicationRef, revision, deployedAt }) =>
            `${applicationRef} ${revision} ${deployedAt}`
          }
          columns={[
            {
              id: 'when',
              title: t('deliveries.when'),
              render: ({ deployedAt }) => <Age at={deployedAt} now={now} />,
            },
            {
              id: 'environment',
              title: t('runtime.environment'),
              render: ({ environment }) =>
                environment ?? t('runtime.noEnvironment'),
            },
            {
              id: 'revision',
              title: t('deliveries.revision'),
              render: delivery => <Revision delivery={delivery} />,
            },
            {
              id: 'application',
              title: t('deliveries.application'),
              render: ({ applicationRef, applicationTitle }) => (
                <EntityLink entityRef={applicationRef}>
                  {applicationTitle}
                </EntityLink>
              ),
            },
            {
              id: 'by',
              title: t('deliveries.by'),
              render: ({ initiatedBy }) =>
                initiatedBy ?? t('deliveries.automatic'),
            },
          ]}
        />
      )}
    </Section>
  );
}
