import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { RiScales3Line } from '@remixicon/react';
import { gateApiRef } from '../api';
import { Empty } from '../components/Empty';
import { GateNotices } from '../components/GateNotices';
import { LoadError } from '../components/LoadError';
import { PageBody } from '../components/PageBody';
import { PartBoundary } from '../components/PartBoundary';
import { useGateStatus } from '../lib/useGateStatus';
import { useRefreshed } from '../lib/useRefreshed';
import { Decisions } from './Decisions';
import { PolicyHead } from './PolicyHead';
import { readPolicy } from './readPolicy';
import { RiskTiers } from './RiskTiers';
import { Rules, Written } from './Rules';
import { WhatIf } from './WhatIf';
import { useTexts } from '../components/useTexts';

const refreshMs = 60_000;

/** *Policy*: what is in force, and what would happen if. */
export function PolicyPage() {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getPolicy({ signal }),
    [api],
  );
  const { value, error, retry } = useRefreshed(load, refreshMs);
  const { value: status, retry: onGateChanged } = useGateStatus();
  const policy = useMemo(() => value && readPolicy(value.document), [value]);
  const rules = policy && [
    { title: t('policy.bounds'), rules: policy.bounds },
    { title: t('policy.limits'), rules: policy.limits },
    { title: t('policy.freezes'), rules: policy.freezes },
  ];
  const written = policy && [
    { title: t('policy.agents'), value: policy.agents },
    { title: t('policy.classes'), value: policy.classes },
    { title: t('policy.other'), value: policy.other },
  ];

  return (
    <PageBody>
      {status && (
        <GateNotices
          status={status}
          onChanged={onGateChanged}
          tellsPolicy={value?.invalid !== undefined}
        />
      )}
      {!value && error && (
        <LoadError
          title={t('policy.errorTitle')}
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <Box
          role="status"
          aria-label={t('policy.loading')}
          sx={{ display: 'grid', gap: 2 }}
        >
          <Skeleton variant="rounded" height={120} />
          <Skeleton variant="rounded" height={240} />
        </Box>
      )}
      {value && policy && (
        <PartBoundary of={value.hash}>
          <PolicyHead
            policy={value}
            now={Math.max(status?.now ?? Date.now(), value.since)}
          />
          {policy.riskTiers.length + policy.decisions.length === 0 && (
            <Empty icon={RiScales3Line} title={t('policy.emptyTitle')}>
              {t('policy.emptyText')}
            </Empty>
          )}
          {policy.riskTiers.length > 0 && (
            <RiskTiers tiers={policy.riskTiers} />
          )}
          {policy.decisions.length > 0 && (
            <Decisions decisions={policy.decisions} />
          )}
          {rules?.map(
            part =>
              part.rules.length > 0 && <Rules key={part.title} {...part} />,
          )}
          {written?.map(
            part =>
              part.value &&
              Object.keys(part.value).length > 0 && (
                <Written
                  key={part.title}
                  title={part.title}
                  value={part.value}
                />
              ),
          )}
        </PartBoundary>
      )}
      <div id="what-if">
        <WhatIf />
      </div>
    </PageBody>
  );
}
