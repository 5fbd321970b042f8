import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { SourceStatus } from '@causeway/backstage-plugin-causeway-common';
import { formatAge } from '../lib/age';
import { useLocale } from '../components/useLocale';
import { useTexts } from '../components/useTexts';

/** Address of a source, and how much of its rate limit is left. */
export function RateLimit(props: { source: SourceStatus; now: number }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { address, rateLimit } = props.source;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 2,
        alignItems: 'center',
        px: 2,
        pt: 1.5,
        fontSize: '0.8125rem',
        color: 'text.secondary',
        overflowWrap: 'anywhere',
      }}
    >
      <code>{address}</code>
      {rateLimit && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <LinearProgress
            variant="determinate"
            color={
              rateLimit.remaining < rateLimit.limit / 10 ? 'warning' : 'primary'
            }
            value={Math.min(
              100,
              (100 * rateLimit.remaining) / Math.max(1, rateLimit.limit),
            )}
            aria-label={t('estate.rateLimitLabel')}
            sx={{ width: 96, borderRadius: 1 }}
          />
          {t('estate.rateLimit', {
            remaining: String(rateLimit.remaining),
            limit: String(rateLimit.limit),
            time: formatAge(rateLimit.resetAt, props.now, {
              locale,
              future: true,
            }),
          })}
        </Box>
      )}
    </Box>
  );
}
