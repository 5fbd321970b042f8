import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import { Logo } from '../nav/Logo';

const Main = styled('main')(({ theme }) => ({
  minHeight: '100vh',
  display: 'grid',
  placeItems: 'center',
  padding: theme.spacing(2),
  boxSizing: 'border-box',
  color: theme.palette.text.primary,
  background: theme.palette.background.default,
  fontFamily: theme.typography.fontFamily,
}));

const Panel = styled('section')(({ theme }) => ({
  width: 'min(36rem, 100%)',
  boxSizing: 'border-box',
  padding: theme.spacing(4),
  borderRadius: 12,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.paper,
  lineHeight: 1.5,
  '& h1': { fontSize: '1.375rem', margin: theme.spacing(2, 0, 1) },
  '& pre': {
    overflowX: 'auto',
    padding: theme.spacing(2),
    borderRadius: 8,
    background: theme.palette.background.default,
  },
}));

const Brand = styled('div')({
  display: 'inline-flex',
  padding: 8,
  borderRadius: 10,
  background: '#12222c',
});

/** The page before sign-in: the brand, what is the matter, what to do. */
export function SignInShell(props: { title: string; children: ReactNode }) {
  return (
    <Main>
      <Panel aria-labelledby="sign-in-title">
        <Brand>
          <Logo wordmark={false} />
        </Brand>
        <h1 id="sign-in-title">{props.title}</h1>
        {props.children}
      </Panel>
    </Main>
  );
}
