import { styled } from '@mui/material/styles';
import type { RunningInstance } from '@causeway/backstage-plugin-causeway-common';
import { HealthMark } from '../components/HealthMark';
import { StatusMark } from '../components/StatusMark';
import { SyncMark } from '../components/SyncMark';
import { stateLooks } from '../components/icons';
import { summarizeByEnvironment } from './summary';
import { useTexts } from '../components/useTexts';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.875rem',
  '& li': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.25, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& li:last-of-type': { borderBottom: 'none' },
  '& strong': { minWidth: '6.5rem', fontWeight: 600 },
  '& code': { fontSize: '0.8125rem' },
}));

/** Where a service runs and how it is there, in one line per environment. */
export function EnvironmentLines(props: { instances: RunningInstance[] }) {
  const { t } = useTexts();
  return (
    <List aria-label={t('runtime.card')}>
      {summarizeByEnvironment(props.instances).map(line => (
        <li key={line.environment ?? ''}>
          <strong>{line.environment ?? t('runtime.noEnvironment')}</strong>
          <HealthMark health={line.health} scheduled={line.scheduled} />
          <code>{line.versions.join(', ')}</code>
          <span>
            {line.scheduled
              ? t('runtime.scheduled')
              : t('runtime.ready', {
                  ready: String(line.ready),
                  desired: String(line.desired),
                })}
            {line.places > 1 &&
              `, ${t('runtime.placesInEnvironment', {
                count: line.places,
              })}`}
          </span>
          {line.outOfSync && <SyncMark sync="out-of-sync" />}
          {line.stale && (
            <StatusMark {...stateLooks.stale}>{t('runtime.stale')}</StatusMark>
          )}
        </li>
      ))}
    </List>
  );
}
