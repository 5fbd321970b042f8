import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { CallError } from '../components/CallError';
import { LoadError } from '../components/LoadError';
import { RequestLink } from '../components/RequestLink';
import { shortDigest } from '../components/Digest';
import { planRows } from '../lib/planRows';
import { statusOf } from '../lib/serverWords';
import { useReached } from '../lib/useReached';
import { useServerNow } from '../lib/useServerNow';
import { cautionsOf } from './cautions';
import { ChangedNotice } from './ChangedNotice';
import { DecisionLook } from './DecisionLook';
import { RequestTitle } from './RequestTitle';
import type { ShownRequest } from './useGateRequest';
import { useGateCall } from './useGateCall';
import { useHindranceText } from './useHindranceText';
import { voteHindrance } from './voteHindrance';
import { useTexts } from '../components/useTexts';

const Content = styled(DialogContent)(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  // What does not fit scrolls: nothing of what is voted on is squeezed out of sight.
  gridAutoRows: 'max-content',
  gap: theme.spacing(1.5),
  // It has the focus to be scrolled, and is nothing that one could press.
  '&:focus-visible': { outline: 'none' },
  '& p': { margin: 0 },
  '& small': { color: theme.palette.text.secondary },
}));

const Actions = styled(DialogActions)(({ theme }) => ({
  flexWrap: 'wrap',
  borderTop: `1px solid ${theme.palette.divider}`,
  // Beside the buttons: it is seen however far one has scrolled.
  '& p': { flex: '1 1 14rem', margin: 0, paddingLeft: theme.spacing(2) },
  [theme.breakpoints.down('sm')]: { '& p': { flexBasis: '100%' } },
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
  /** Whether the request is not open: the dialog leads to it. */
  fromQueue?: boolean;
  onClose: () => void;
  onVoted: (request: GateRequest) => void;
}) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const hindranceText = useHindranceText();
  const [comment, setComment] = useState('');
  const [failed, setFailed] = useState(false);
  // What was read belongs to one digest and what speaks against it then.
  const [readOf, setReadOf] = useState<string>();
  const { decision, shown, showsAll } = props;
  const { request, changed } = shown;
  const now = useServerNow(request?.now ?? 0, request?.decideBy);
  const { reached, endRef } = useReached(
    request && `${request.digest} ${showsAll}`,
  );
  const cautions = request ? cautionsOf(request) : [];
  const hasCautions = cautions.length > 0;
  const read = JSON.stringify([request?.digest, cautions]);
  const isRead = readOf === read;
  const hindrance = voteHindrance(decision, {
    request,
    changed: changed !== undefined,
    hidden: planRows(request?.plan?.changes ?? [], { whole: showsAll }).hidden,
    failed,
    unseen: !reached,
    unread: hasCautions && !isRead,
    now,
  });
  const isShown = request !== undefined;
  const commentRef = useRef<HTMLTextAreaElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  // A denial begins with its reason; an approval with another look: nothing
  // that Enter would press has the focus, and arrows scroll what is looked at.
  useEffect(() => {
    if (isShown) {
      (decision === 'deny' ? commentRef : contentRef).current?.focus();
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
      maxWidth="md"
      aria-labelledby="causeway-decide-title"
      onKeyDown={event => {
        // Keys of the queue behind must not hear what is typed here.
        event.stopPropagation();
        // A key that is held down from before has seen nothing of this.
        if (
          event.key === 'Enter' &&
          (event.ctrlKey || event.metaKey) &&
          !event.repeat
        ) {
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
      <Content ref={contentRef} tabIndex={-1}>
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
                <RequestTitle request={request} />
              </strong>
            </p>
            {changed && (
              <ChangedNotice
                from={changed.from}
                to={request.digest}
                differences={changed.differences}
                onLooked={shown.look}
              />
            )}
            <DecisionLook
              request={request}
              now={now}
              showsAll={showsAll}
              onShowAll={props.onShowAll}
              onFail={() => setFailed(true)}
              endRef={endRef}
            />
            {props.fromQueue && (
              <p>
                <RequestLink id={request.id}>
                  {t('request.dialogWhole')}
                </RequestLink>
              </p>
            )}
            {decision === 'approve' && hasCautions && (
              <FormControlLabel
                control={
                  <Checkbox
                    checked={isRead}
                    onChange={(_event, checked) =>
                      setReadOf(checked ? read : undefined)
                    }
                  />
                }
                label={t('request.cautionsRead')}
              />
            )}
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
          </>
        )}
      </Content>
      <Actions>
        {request && (hindrance || lacksComment) && (
          <p role="status">
            {hindrance
              ? hindranceText(hindrance)
              : `${t('request.commentRequired')}.`}
          </p>
        )}
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
      </Actions>
    </Dialog>
  );
}
