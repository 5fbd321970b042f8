import { styled } from '@mui/material/styles';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { eventName } from './eventName';
import { useTexts } from '../components/useTexts';

const List = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: theme.spacing(0.5, 0),
  '& li': {
    position: 'relative',
    padding: theme.spacing(0.5, 0, 0.75, 2.5),
    borderLeft: `2px solid ${theme.palette.divider}`,
    marginLeft: 5,
  },
  '& li::before': {
    content: '""',
    position: 'absolute',
    left: -6,
    top: 10,
    width: 10,
    height: 10,
    borderRadius: '50%',
    background: theme.palette.background.paper,
    border: `2px solid ${theme.palette.primary.main}`,
  },
}));

/** Everything that happened, in order. */
export function TimelinePart(props: { request: GateRequest; now: number }) {
  const { t } = useTexts();
  const { events } = props.request;
  return (
    <Body>
      {events.length === 0 && <small>{t('request.noEvents')}</small>}
      <List aria-label={t('request.timeline')}>
        {events.map(event => (
          <li key={event.seq}>
            <strong>{eventName(event.type)}</strong>{' '}
            <small>
              <Age at={event.at} now={props.now} />,{' '}
              {event.by.startsWith('user:') ? (
                <EntityLink entityRef={event.by} />
              ) : (
                <PlainText text={event.by} />
              )}
            </small>
            <div>
              <PlainText text={event.message} folds />
            </div>
          </li>
        ))}
      </List>
    </Body>
  );
}
