import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { ChangesPart } from '../assessment/ChangesPart';
import { PlanNotes } from '../assessment/PlanNotes';
import { CallError } from '../components/CallError';
import { LoadError } from '../components/LoadError';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { RiskMark } from '../components/RiskMark';
import { shortDigest } from '../components/Digest';
import { planRows } from '../lib/planRows';
import { statusOf } from '../lib/serverWords';
import { useServerNow } from '../lib/useServerNow';
import { ChangedNotice } from './ChangedNotice';
import type { ShownRequest } from './useGateRequest';
import { useGateCall } from './useGateCall';
import { useHindranceText } from './useHindranceText';
import { voteHindrance } from './voteHindrance';
import { useTexts } from '../components/useTexts';

const Content = styled(DialogContent)(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(1.5),
  '& p': { margin: 0 },
  '& small': { color: theme.palette.text.secondary },
}));

const Framed = styled('div')(({ theme }) => ({
  border: `1px solid ${theme.palette.divider}`,
  borderRadius: 8,
  overflow: 'hidden',
}));

/**
 * One more look, then the vote. It carries the digest of what the dialog shows;
 * where the gate has another one by now, it says what changed.
 */
export function DecideDialog(props: {
  decision: 'approve' | 'deny';
  shown: ShownRequest;
  /** Whether all of the change is shown, beyond what is shown unasked. */
  showsAll: boolean;
  onShowAll: () => void;
  onClose: () => void;
  onVoted: (request: GateRequest) => void;
}) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const hindranceText = useHindranceText();
  const [comment, setComment] = useState('');
  const [failed, setFailed] = useState(false);
  const { decision, shown, showsAll } = props;
  const { request, changed } = shown;
  const now = useServerNow(request?.now ?? 0, request?.decideBy);
  const hindrance = voteHindrance(decision, {
    request,
    changed: changed !== undefined,
    hidden: planRows(request?.plan?.changes ?? [], { whole: showsAll }).hidden,
    failed,
    now,
  });
  const isShown = request !== undefined;
  const commentRef = useRef<HTMLTextAreaElement>(null);
  // A denial begins with its reason; an approval with another look: nothing
  // that Enter would press has the focus.
  useEffect(() => {
    if (decision === 'deny' && isShown) {
      commentRef.current?.focus();
    }
  }, [decision, isShown]);
  const needsComment =
    decision === 'deny' && Boolean(request?.approval.commentOnDeny);
  const lacksComment = needsComment && comment.trim() === '';
  const isBlocked = hindrance !== undefined || lacksComment || call.busy;

  const vote = () => {
    if (!request || isBlocked) {
      return;
    }
    call.run(async () => {
      try {
        const answer = await api.vote(request.id, {
          decision,
          digest: request.digest,
          comment: comment.trim() || undefined,
          lookedFor: shown.lookedFor(),
        });
        shown.replace(answer);
        props.onVoted(answer);
      } catch (error) {
        if (statusOf(error) === 409) {
          shown.replace(await api.getRequest(request.id));
        }
        throw error;
      }
    });
  };
  const isConflict = call.error && statusOf(call.error) === 409 && changed;

  return (
    <Dialog
      open
      onClose={props.onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="causeway-decide-title"
      onKeyDown={event => {
        // Keys of the queue behind must not hear what is typed here.
        event.stopPropagation();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          vote();
        }
        if (event.key === 'Escape') {
          props.onClose();
        }
      }}
    >
      <DialogTitle id="causeway-decide-title">
        {t(
          decision === 'approve'
            ? 'request.dialogApprove'
            : 'request.dialogDeny',
        )}
      </DialogTitle>
      <Content>
        {!request && shown.error && (
          <LoadError
            title={t('request.errorTitle')}
            error={shown.error}
            onRetry={shown.retry}
          />
        )}
        {!request && !shown.error && (
          <div role="status" aria-label={t('request.loading')}>
            <Skeleton />
            <Skeleton variant="rounded" height={120} />
          </div>
        )}
        {request && (
          <>
            <p>
              <strong>
                <PlainText
                  text={request.plan?.summary ?? request.operation.title}
                />
              </strong>
            </p>
            <RiskMark
              level={request.assessment.risk.level}
              title={request.assessment.risk.title}
            />
            {changed && (
              <ChangedNotice
                from={changed.from}
                to={request.digest}
                differences={changed.differences}
                onLooked={shown.look}
              />
            )}
            <PartBoundary of={request.digest} onFail={() => setFailed(true)}>
              <Framed>
                <ChangesPart
                  plan={request.plan}
                  label={t('request.changes')}
                  showsAll={showsAll}
                  onShowAll={props.onShowAll}
                />
                {request.plan && <PlanNotes plan={request.plan} />}
              </Framed>
            </PartBoundary>
            <p>
              <small>{t('request.reason')}: </small>
              <PlainText text={request.reason} folds />
            </p>
            <TextField
              label={t(
                needsComment
                  ? 'request.dialogCommentNeeded'
                  : 'request.dialogComment',
              )}
              required={needsComment}
              inputRef={commentRef}
              multiline
              minRows={2}
              value={comment}
              onChange={event => setComment(event.target.value)}
            />
            <small>
              {t('request.dialogDigest', {
                digest: shortDigest(request.digest),
              })}
            </small>
            {call.error && !isConflict && (
              <CallError title={t('request.dialogFailed')} error={call.error} />
            )}
            {(hindrance || lacksComment) && (
              <p role="status">
                {hindrance
                  ? hindranceText(hindrance)
                  : `${t('request.commentRequired')}.`}
              </p>
            )}
          </>
        )}
      </Content>
      <DialogActions>
        <Button onClick={props.onClose}>{t('request.cancel')}</Button>
        <Button
          variant="contained"
          color={decision === 'approve' ? 'success' : 'error'}
          aria-keyshortcuts="Control+Enter"
          title="Ctrl+Enter"
          disabled={isBlocked}
          onClick={vote}
        >
          {call.busy
            ? t('request.voting')
            : t(decision === 'approve' ? 'request.approve' : 'request.deny')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
