import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { RiScales3Line } from '@remixicon/react';
import { PreviewPart } from '../assessment/PreviewPart';
import { CallError } from '../components/CallError';
import { Empty } from '../components/Empty';
import type { Preview } from './usePreview';
import { useTexts } from '../components/useTexts';

/** What the gate would make of what is being written. */
export function PreviewPanel({ preview, error, loading }: Preview) {
  const { t } = useTexts();
  return (
    <Box
      role="region"
      aria-label={t('operations.preview')}
      aria-busy={loading}
      sx={{ display: 'grid', gap: 1, alignContent: 'start', minWidth: 0 }}
    >
      <Box sx={{ height: 4 }}>
        {loading && (
          <LinearProgress aria-label={t('operations.previewLoading')} />
        )}
      </Box>
      {error && (
        <CallError title={t('operations.previewFailed')} error={error} />
      )}
      {preview && !error && (
        <Box sx={{ opacity: loading ? 0.5 : 1 }}>
          <PreviewPart preview={preview} />
        </Box>
      )}
      {!preview && !error && !loading && (
        <Empty icon={RiScales3Line} title={t('operations.preview')}>
          {t('operations.previewWaiting')}
        </Empty>
      )}
    </Box>
  );
}
