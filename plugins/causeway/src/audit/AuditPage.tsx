import { useCallback, useMemo } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import { RiFileList3Line, RiLockLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { Empty } from '../components/Empty';
import { LoadError } from '../components/LoadError';
import { PageBody } from '../components/PageBody';
import { PlainText } from '../components/PlainText';
import { serverWords, statusOf } from '../lib/serverWords';
import { AnchorLine } from './AnchorLine';
import { AuditFilters } from './AuditFilters';
import {
  formatAuditFilter,
  parseAuditFilter,
  type AuditFilter,
} from './auditFilter';
import { AuditRow } from './AuditRow';
import { AuditTools } from './AuditTools';
import { useAudit } from './useAudit';
import { useTexts } from '../components/useTexts';

/** *Audit*: search, verify and export the trail. */
export function AuditPage() {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const search = params.toString();
  const filter = useMemo(
    () => parseAuditFilter(new URLSearchParams(search)),
    [search],
  );
  const change = useCallback(
    (changes: Partial<AuditFilter>) =>
      setParams(
        previous =>
          formatAuditFilter({ ...parseAuditFilter(previous), ...changes }),
        { replace: true },
      ),
    [setParams],
  );
  const { page, error, loading, more, retry } = useAudit(filter);
  // Neither filters nor tools are of use to those who may not read it.
  const isForOthers = !page && error !== undefined && statusOf(error) === 403;
  const isNarrowed = Object.values(filter).some(value => value !== undefined);

  if (isForOthers) {
    return (
      <PageBody>
        <Empty icon={RiLockLine} title={t('audit.forOthers')}>
          <PlainText text={serverWords(error)} />
          <br />
          <br />
          {t('audit.forOthersWho')}
        </Empty>
        <Box sx={{ textAlign: 'center' }}>
          <Button variant="outlined" onClick={retry}>
            {t('common.retry')}
          </Button>
        </Box>
      </PageBody>
    );
  }

  return (
    <PageBody>
      <AnchorLine />
      <AuditTools filter={filter} />
      <AuditFilters filter={filter} onChange={change} />
      {!page && error && (
        <LoadError
          title={t('audit.errorTitle')}
          error={error}
          onRetry={retry}
        />
      )}
      {!page && !error && (
        <Box
          role="status"
          aria-label={t('audit.loading')}
          sx={{ display: 'grid', gap: 1 }}
        >
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} variant="rounded" height={40} />
          ))}
        </Box>
      )}
      {page && page.items.length === 0 && (
        <Empty
          icon={RiFileList3Line}
          title={t(isNarrowed ? 'audit.emptyFiltered' : 'audit.emptyTitle')}
        />
      )}
      {page && page.items.length > 0 && (
        <Paper
          variant="outlined"
          component="ol"
          aria-label={t('audit.label')}
          sx={{ listStyle: 'none', m: 0, p: 0, borderRadius: '10px' }}
        >
          {page.items.map(entry => (
            <AuditRow key={entry.seq} entry={entry} />
          ))}
        </Paper>
      )}
      {page?.nextCursor && (
        <Box sx={{ textAlign: 'center' }}>
          {error && (
            <p role="alert">
              {t('audit.moreFailed', { message: serverWords(error) })}
            </p>
          )}
          <Button disabled={loading} onClick={more}>
            {t('audit.more')}
          </Button>
        </Box>
      )}
    </PageBody>
  );
}
