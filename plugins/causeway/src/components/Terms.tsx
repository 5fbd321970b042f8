import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import { linksInText } from './Body';

const List = styled('dl')(({ theme }) => ({
  margin: 0,
  display: 'grid',
  gridTemplateColumns: 'minmax(6.5rem, max-content) minmax(0, 1fr)',
  gap: theme.spacing(0.75, 2),
  padding: theme.spacing(1.5, 2),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '&[data-joined]': { paddingTop: 0 },
  '& dt': { color: theme.palette.text.secondary, maxWidth: '9rem' },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
  '& small': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  ...linksInText,
  [theme.breakpoints.down('sm')]: {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: 0,
    '& dt': { maxWidth: 'none', fontSize: '0.8125rem' },
    '& dd': { marginBottom: theme.spacing(1) },
  },
}));

/** Names and what stands for them; entries without a value are left out. */
export function Terms(props: {
  items: { name: string; value: ReactNode }[];
  /** Whether it goes on from a text right above. */
  joined?: boolean;
}) {
  const items = props.items.filter(
    ({ value }) =>
      value !== undefined && value !== null && value !== false && value !== '',
  );
  return (
    <List data-joined={props.joined || undefined}>
      {items.map(({ name, value }) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={`${name} value`}>{value}</dd>,
      ])}
    </List>
  );
}
