import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { LoadError } from '../components/LoadError';
import { FactList } from './FactList';
import { RecentChanges } from './RecentChanges';
import { useEntityFacts } from './useEntityFacts';
import { useTexts } from '../components/useTexts';

/** What changed lately, and what is known: each with its own way to fail, apart from where it runs. */
export function FactsAndChanges(props: { entityRef: string }) {
  const { t } = useTexts();
  const { value, error, retry } = useEntityFacts(props.entityRef);
  if (!value && error) {
    return (
      <LoadError title={t('facts.errorTitle')} error={error} onRetry={retry} />
    );
  }
  if (!value) {
    return (
      <Box aria-busy sx={{ display: 'grid', gap: 2 }}>
        <Skeleton variant="rounded" height={160} />
        <Skeleton variant="rounded" height={160} />
      </Box>
    );
  }
  return (
    <>
      <RecentChanges changes={value.changes} />
      <FactList facts={value.facts} />
    </>
  );
}
