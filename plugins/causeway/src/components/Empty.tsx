import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import { RiCompass3Line, type RemixiconComponentType } from '@remixicon/react';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  justifyItems: 'center',
  gap: theme.spacing(0.5),
  padding: theme.spacing(5, 2),
  textAlign: 'center',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  '& strong': { fontSize: '1rem', color: theme.palette.text.primary },
  '& p': { margin: 0, maxWidth: '32rem' },
}));

/** Why there is nothing, and what would bring something. */
export function Empty(props: {
  title: string;
  children?: ReactNode;
  icon?: RemixiconComponentType;
}) {
  const Icon = props.icon ?? RiCompass3Line;
  return (
    <Root>
      <Icon size={32} aria-hidden />
      <strong>{props.title}</strong>
      {props.children && <p>{props.children}</p>}
    </Root>
  );
}
