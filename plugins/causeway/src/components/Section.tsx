import { useId, type ReactNode } from 'react';
import Paper from '@mui/material/Paper';
import { styled } from '@mui/material/styles';

const Root = styled(Paper)({
  overflow: 'hidden',
  borderRadius: 10,
  backgroundImage: 'none',
}) as typeof Paper;

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(1, 2),
  padding: theme.spacing(1.75, 2),
  borderBottom: `1px solid ${theme.palette.divider}`,
}));

const Title = styled('h2')({
  margin: 0,
  fontSize: '1rem',
  fontWeight: 600,
  lineHeight: 1.4,
});

/** A titled part of a page. */
export function Section(props: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Root component="section" variant="outlined" aria-labelledby={id}>
      <Head>
        <Title id={id}>{props.title}</Title>
        {props.action}
      </Head>
      {props.children}
    </Root>
  );
}
