import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { RiArrowLeftLine } from '@remixicon/react';
import { useNavigate, useParams } from 'react-router-dom';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { KeysDialog } from '../approvals/KeysDialog';
import { useQueueMemory } from '../approvals/queueMemory';
import { useKeys, useLetters } from '../approvals/useKeys';
import { CallError } from '../components/CallError';
import { GateNotices } from '../components/GateNotices';
import { LoadError } from '../components/LoadError';
import { PageBody } from '../components/PageBody';
import { PartBoundary } from '../components/PartBoundary';
import { RefreshNote } from '../components/RefreshNote';
import { planRows } from '../lib/planRows';
import { useGateStatus } from '../lib/useGateStatus';
import { useServerNow } from '../lib/useServerNow';
import { visibleText } from '../lib/visibleText';
import { CautionsNotice } from './CautionsNotice';
import { ChangedNotice } from './ChangedNotice';
import { DecideDialog } from './DecideDialog';
import { DecisionBar } from './DecisionBar';
import { Glance } from './Glance';
import { Headline } from './Headline';
import { neighbours } from './neighbours';
import { RequestView } from './RequestView';
import { useGateCall } from './useGateCall';
import { useGateRequest } from './useGateRequest';
import { voteHindrance } from './voteHindrance';
import { WithdrawButton } from './WithdrawButton';
import { useTexts } from '../components/useTexts';

const Lead = styled('span')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(0.5, 1),
}));

function LoadedRequest(props: { id: string }) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const navigate = useNavigate();
  const memoryRef = useQueueMemory();
  const shown = useGateRequest(props.id);
  const { value: status, retry: onGateChanged } = useGateStatus();
  const { request, changed, error, retry } = shown;
  const now = useServerNow(
    request?.now ?? 0,
    request?.state === 'approved' ? request.executeBy : request?.decideBy,
  );
  const [decision, setDecision] = useState<'approve' | 'deny'>();
  const [voted, setVoted] = useState(false);
  const [showsKeys, setShowsKeys] = useState(false);
  const [letters, setLetters] = useLetters();
  const withdrawing = useGateCall();
  // What was opened, or failed, belongs to one digest.
  const [wholeOf, setWholeOf] = useState<string>();
  const [failedOf, setFailedOf] = useState<string>();

  const showsAll = request !== undefined && wholeOf === request.digest;
  const onScreen = {
    request,
    changed: changed !== undefined,
    hidden: planRows(request?.plan?.changes ?? [], { whole: showsAll }).hidden,
    failed: request !== undefined && failedOf === request.digest,
    // Seen and read in the last look before the vote.
    unseen: false,
    unread: false,
    now,
  };
  const approve = voteHindrance('approve', onScreen);
  const deny = voteHindrance('deny', onScreen);
  const { next, previous, index, total } = neighbours(
    memoryRef.current.queue?.rows ?? [],
    props.id,
  );
  const { search } = memoryRef.current;
  const open = (id: string | undefined) => {
    if (id !== undefined) {
      memoryRef.current.selectedId = id;
      navigate({ pathname: `../${encodeURIComponent(id)}`, search });
    }
  };
  const back = () => navigate({ pathname: '..', search });
  useKeys(
    {
      approve: () => approve === undefined && setDecision('approve'),
      deny: () => deny === undefined && setDecision('deny'),
      down: () => open(next?.id),
      up: () => open(previous?.id),
      back,
      help: () => setShowsKeys(true),
    },
    // Arrows scroll this page: only letters go to the neighbours.
    { letters, arrows: false },
  );

  const take = (act: (id: string) => Promise<GateRequest>) => () =>
    withdrawing.run(async () => shown.replace(await act(props.id)));
  const isDecidable =
    request && ['pending', 'approved'].includes(request.state);
  const choices = request?.choices;
  // What waits anew waits without the votes that it had.
  const isVoid = request?.state === 'pending' && !choices?.withdrawVote.allowed;

  const lead = (
    <Lead>
      <Button
        size="small"
        startIcon={<RiArrowLeftLine size={16} aria-hidden />}
        onClick={back}
      >
        {t('request.back')}
      </Button>
      {index !== undefined && total > 1 && (
        <>
          <span>
            {t('request.position', {
              index: String(index + 1),
              total: String(total),
            })}
          </span>
          <Button
            size="small"
            disabled={!previous}
            onClick={() => open(previous?.id)}
          >
            {t('request.previous')}
          </Button>
          <Button size="small" disabled={!next} onClick={() => open(next?.id)}>
            {t('request.next')}
          </Button>
        </>
      )}
    </Lead>
  );

  return (
    <PageBody>
      {status && <GateNotices status={status} onChanged={onGateChanged} />}
      {!request && lead}
      {!request && error && (
        <LoadError
          title={t('request.errorTitle')}
          error={error}
          onRetry={retry}
        />
      )}
      {!request && !error && (
        <Box
          role="status"
          aria-label={t('request.loading')}
          sx={{ display: 'grid', gap: 2 }}
        >
          <Skeleton variant="rounded" height={64} />
          <Skeleton variant="rounded" height={200} />
          <Skeleton variant="rounded" height={160} />
        </Box>
      )}
      {request && (
        <>
          <RefreshNote now={request.now} error={error} onRefresh={retry}>
            {lead}
          </RefreshNote>
          <PartBoundary of={request.revision}>
            <Headline request={request} />
          </PartBoundary>
          <PartBoundary
            of={request.revision}
            onFail={() => setFailedOf(request.digest)}
          >
            <CautionsNotice request={request} />
          </PartBoundary>
          <PartBoundary of={request.revision}>
            <Glance request={request} />
          </PartBoundary>
          {changed && (
            <ChangedNotice
              from={changed.from}
              to={request.digest}
              differences={changed.differences}
              onLooked={shown.look}
            />
          )}
          {voted && !isVoid && (
            <Alert
              severity="success"
              role="status"
              action={
                next && (
                  <Button
                    color="inherit"
                    size="small"
                    onClick={() => open(next.id)}
                  >
                    {t('request.next')}
                  </Button>
                )
              }
            >
              {t('request.voted')}{' '}
              {next
                ? t('request.nextUp', { summary: visibleText(next.summary) })
                : ''}
            </Alert>
          )}
          <RequestView
            request={request}
            now={now}
            showsAll={showsAll}
            onShowAll={() => setWholeOf(request.digest)}
            onDiffFailed={() => setFailedOf(request.digest)}
            onAnswer={shown.replace}
            status={status}
            onGateChanged={onGateChanged}
          />
          {withdrawing.error && (
            <CallError
              title={t('request.withdraw')}
              error={withdrawing.error}
            />
          )}
          {choices?.withdraw.allowed && (
            <WithdrawButton
              busy={withdrawing.busy}
              onWithdraw={take(id => api.withdraw(id))}
            />
          )}
          {isDecidable && (
            <DecisionBar
              request={request}
              now={now}
              approve={approve}
              deny={deny}
              onDecide={setDecision}
              onWithdrawVote={
                choices?.withdrawVote.allowed
                  ? take(id => api.withdrawVote(id))
                  : undefined
              }
            />
          )}
        </>
      )}
      {decision && request && (
        <DecideDialog
          decision={decision}
          shown={shown}
          showsAll={showsAll}
          onShowAll={() => setWholeOf(request.digest)}
          onClose={() => setDecision(undefined)}
          onVoted={() => {
            setDecision(undefined);
            setVoted(true);
          }}
        />
      )}
      {showsKeys && (
        <KeysDialog
          letters={letters}
          onLetters={setLetters}
          onClose={() => setShowsKeys(false)}
        />
      )}
    </PageBody>
  );
}

/** One request on one screen. */
export function RequestPage() {
  const { id } = useParams();
  return id ? <LoadedRequest key={id} id={id} /> : null;
}
