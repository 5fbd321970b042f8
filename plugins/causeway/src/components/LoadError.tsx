import { ResponseErrorPanel } from '@backstage/core-components';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { RiRefreshLine } from '@remixicon/react';
import { useTexts } from './useTexts';

/** What failed, the server's words, and the way to try again. */
export function LoadError(props: {
  title: string;
  error: Error;
  onRetry: () => void;
}) {
  const { t } = useTexts();
  return (
    <Box
      sx={{
        display: 'grid',
        // The panel holds long lines that never break.
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 2,
        justifyItems: 'start',
      }}
    >
      <Box sx={{ width: '100%', overflowWrap: 'anywhere' }}>
        <ResponseErrorPanel title={props.title} error={props.error} />
      </Box>
      <Button
        variant="outlined"
        startIcon={<RiRefreshLine size={18} aria-hidden />}
        onClick={props.onRetry}
      >
        {t('common.retry')}
      </Button>
    </Box>
  );
}
