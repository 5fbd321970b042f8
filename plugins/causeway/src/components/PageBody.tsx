import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/** What stands below a page's header. */
export function PageBody(props: { children: ReactNode; busy?: boolean }) {
  return (
    <Box
      component="main"
      aria-busy={props.busy || undefined}
      sx={{
        display: 'grid',
        alignContent: 'start',
        gap: 2,
        gridTemplateColumns: 'minmax(0, 1fr)',
        maxWidth: 1440,
        px: { xs: 2, md: 3 },
        pb: 3,
      }}
    >
      {props.children}
    </Box>
  );
}
