import { useState, type SyntheticEvent } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import type { Halt } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { CallError } from '../components/CallError';
import { PlainText } from '../components/PlainText';
import { everything, shortScope } from '../lib/haltScope';
import { useGateCall } from '../request/useGateCall';
import { useTexts } from '../components/useTexts';

const Content = styled(DialogContent)(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(1.5),
  lineHeight: 1.5,
  '& p': { margin: 0 },
  '& h3': { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  '& ul': { margin: 0, paddingLeft: theme.spacing(2.5) },
  '& li + li': { marginTop: theme.spacing(0.5) },
}));

/** One begins with the reason: nothing that Enter would press has the focus. */
const focus = (field: HTMLTextAreaElement | null) => field?.focus();

/** Halts or resumes everything or one agent: what will happen, why, and then the switch. */
export function HaltDialog(props: {
  /** `all`, or the agent. */
  scope: string;
  /** What is halted, where it is: the dialog resumes it. */
  halt?: Halt;
  onClose: () => void;
  /** It happened, or the gate says that it is otherwise than it was shown. */
  onChanged: () => void;
}) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const [reason, setReason] = useState('');
  const { scope, halt } = props;
  const isAll = scope === everything;
  const consequences = halt
    ? ([
        'willResume.begin',
        isAll ? 'willResume.askAll' : 'willResume.askOne',
        'willResume.told',
      ] as const)
    : ([
        isAll ? 'willAll.begin' : 'willOne.begin',
        isAll ? 'willAll.ask' : 'willOne.ask',
        'running',
        'votes',
        'told',
      ] as const);
  const words = halt
    ? ({
        title: isAll ? 'resumeTitleAll' : 'resumeTitleOne',
        button: call.busy ? 'busyResume' : 'resume',
        failed: 'failedResume',
      } as const)
    : ({
        title: isAll ? 'titleAll' : 'titleOne',
        button: call.busy ? 'busy' : (isAll && 'all') || 'one',
        failed: 'failed',
      } as const);
  const lacksReason = reason.trim() === '';

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (lacksReason || call.busy) {
      return;
    }
    const said = { scope, reason: reason.trim() };
    const done = await call.run(async () => {
      await (halt ? api.resume(said) : api.halt(said));
    });
    props.onChanged();
    if (done) {
      props.onClose();
    }
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="causeway-halt-title"
      onKeyDown={event => {
        // Keys of the page behind must not hear what is typed here.
        event.stopPropagation();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          submit(event);
        }
      }}
    >
      <form onSubmit={submit}>
        <DialogTitle id="causeway-halt-title">
          {t(`halt.${words.title}`)}
        </DialogTitle>
        <Content>
          {!isAll && (
            <p>
              {t('halt.agent')}: <strong>{shortScope(scope)}</strong>
            </p>
          )}
          {halt && (
            <p>
              {t('halt.haltedBy', { by: shortScope(halt.by) })}{' '}
              <PlainText text={halt.reason} folds />
            </p>
          )}
          <h3>{t('halt.will')}</h3>
          <ul>
            {consequences.map(key => (
              <li key={key}>{t(`halt.${key}`)}</li>
            ))}
          </ul>
          <TextField
            label={t('halt.reason')}
            helperText={t(halt ? 'halt.reasonKept' : 'halt.reasonHint')}
            inputRef={focus}
            required
            multiline
            minRows={2}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {call.error && (
            <CallError title={t(`halt.${words.failed}`)} error={call.error} />
          )}
        </Content>
        <DialogActions>
          <Button onClick={props.onClose}>{t('request.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color={halt ? 'primary' : 'error'}
            aria-keyshortcuts="Control+Enter"
            title={lacksReason ? t('halt.reasonRequired') : 'Ctrl+Enter'}
            disabled={lacksReason || call.busy}
          >
            {t(`halt.${words.button}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
