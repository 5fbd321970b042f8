import { styled } from '@mui/material/styles';
import type { RequestPage } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { PlainText } from '../components/PlainText';
import { RequesterMark } from '../components/RequesterMark';
import { RequestLink } from '../components/RequestLink';
import { RequestStateMark } from '../components/RequestStateMark';
import { visibleText } from '../lib/visibleText';
import { useTexts } from '../components/useTexts';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.875rem',
  lineHeight: 1.45,
  '& li': {
    padding: theme.spacing(1.25, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& li:last-of-type': { borderBottom: 'none' },
  '& small': {
    display: 'flex',
    flexWrap: 'wrap',
    marginTop: theme.spacing(0.25),
    gap: theme.spacing(0.25, 1.5),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

/** Requests in two lines each. */
export function RequestLines({ page }: { page: RequestPage }) {
  const { t } = useTexts();
  return (
    <List aria-label={t('operations.recent')}>
      {page.items.map(row => (
        <li key={row.id}>
          <RequestLink id={row.id}>
            <PlainText text={row.summary} />
          </RequestLink>
          <small>
            <RequestStateMark state={row.state} />
            <span>{visibleText(row.target.environment ?? '')}</span>
            <span>
              <RequesterMark requester={row.requester} />
            </span>
            <Age at={row.createdAt} now={page.now} />
          </small>
        </li>
      ))}
    </List>
  );
}
