import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import { Empty } from '../components/Empty';
import { GateNotices } from '../components/GateNotices';
import { Loaded } from '../components/Loaded';
import { Section } from '../components/Section';
import { useGateStatus } from '../lib/useGateStatus';
import { approvalsRouteRef } from '../routes';
import { AskDialog } from './AskDialog';
import { operationsFor } from './askTargets';
import { RequestLines } from './RequestLines';
import { useEntityRequests } from './useEntityRequests';
import { useTexts } from '../components/useTexts';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.875rem',
  lineHeight: 1.45,
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(0.5, 2),
    alignItems: 'center',
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& li:last-of-type': { borderBottom: 'none' },
  [theme.breakpoints.down('sm')]: {
    '& li': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      justifyItems: 'start',
    },
  },
  '& h3': { margin: 0, fontSize: '0.9375rem', fontWeight: 600 },
  '& p': { margin: 0 },
  '& small': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

const mostShown = 20;

/** Content of the Operations tab: what can be asked for, and what was. */
export function OperationsContent() {
  const { t } = useTexts();
  const { entity } = useEntity();
  const approvals = useRouteRef(approvalsRouteRef);
  const { value: status, retry: onGateChanged } = useGateStatus();
  const { targets, target, requests, operations } = useEntityRequests(
    entity,
    mostShown,
  );
  const [asked, setAsked] = useState<OperationDescription>();
  const offered = operationsFor(operations.value ?? [], targets);

  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      {status && <GateNotices status={status} onChanged={onGateChanged} />}
      <Section title={t('operations.available')}>
        <Loaded of={operations} errorTitle={t('operations.errorTitle')}>
          {() =>
            offered.length === 0 ? (
              <Empty title={t('operations.unavailable')}>
                {t('operations.unavailableText')}
              </Empty>
            ) : (
              <List aria-label={t('operations.available')}>
                {offered.map(operation => (
                  <li key={operation.name}>
                    <div>
                      <h3>{operation.title}</h3>
                      <p>{operation.description}</p>
                      <small>
                        {[
                          ...operation.effects,
                          t(
                            operation.reversible
                              ? 'operations.reversible'
                              : 'operations.irreversible',
                          ),
                        ].join(' · ')}
                      </small>
                    </div>
                    <Button
                      variant="outlined"
                      disabled={status !== undefined && !status.open}
                      aria-label={t('operations.askFor', {
                        operation: operation.title,
                      })}
                      onClick={() => setAsked(operation)}
                    >
                      {t('operations.ask')}
                    </Button>
                  </li>
                ))}
              </List>
            )
          }
        </Loaded>
      </Section>
      <Section
        title={t('operations.recent')}
        action={
          approvals && (
            <Link
              to={`${approvals()}?view=all&target=${encodeURIComponent(target)}`}
            >
              {t('operations.allOf')}
            </Link>
          )
        }
      >
        <Loaded of={requests} errorTitle={t('operations.requestsError')}>
          {page =>
            page.items.length === 0 ? (
              <Empty title={t('operations.none')}>
                {offered.length > 0 && t('operations.noneText')}
              </Empty>
            ) : (
              <RequestLines page={page} />
            )
          }
        </Loaded>
      </Section>
      {asked && (
        <AskDialog
          operation={asked}
          targets={targets}
          onClose={() => setAsked(undefined)}
          onAsked={requests.retry}
        />
      )}
    </Box>
  );
}
