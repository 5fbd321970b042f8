import { useMemo, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type {
  OperationDescription,
  RequestReceipt,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { CallError } from '../components/CallError';
import { PlainText } from '../components/PlainText';
import { RequestLink } from '../components/RequestLink';
import { RequestStateMark } from '../components/RequestStateMark';
import { useGateCall } from '../request/useGateCall';
import { AskForm } from './AskForm';
import type { AskTarget } from './askTargets';
import { formSchema } from './form/formSchema';
import { initialInput } from './form/SchemaForm';
import { newKey } from './newKey';
import { PreviewPanel } from './PreviewPanel';
import { useAsk } from './useAsk';
import { useTexts } from '../components/useTexts';

/** Asks the gate for an operation; what would come of it stands beside the form. */
export function AskDialog(props: {
  operation: OperationDescription;
  targets: readonly AskTarget[];
  onClose: () => void;
  onAsked: () => void;
}) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const { operation } = props;
  const targets = props.targets.filter(({ type }) =>
    operation.targetTypes.includes(type),
  );
  const [receipt, setReceipt] = useState<RequestReceipt>();
  const { ask, setAsk, submission, preview } = useAsk(
    {
      operation,
      // With one there is nothing to choose.
      target: targets.length === 1 ? targets[0].entityRef : '',
      input: initialInput(formSchema(operation.inputSchema)),
      reason: '',
    },
    t('operations.preview'),
  );
  const content = JSON.stringify(submission);
  // The same content again is the same request; another one is another.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const idempotencyKey = useMemo(newKey, [content]);
  const outcome = preview.preview?.assessment.outcome;
  const isReady =
    submission !== undefined && submission.reason !== '' && !call.busy;

  return (
    <Dialog
      open
      onClose={props.onClose}
      fullWidth
      maxWidth="lg"
      fullScreen={isNarrow}
      aria-labelledby="causeway-ask-title"
    >
      <DialogTitle id="causeway-ask-title">
        {t('operations.askFor', { operation: operation.title })}
      </DialogTitle>
      <DialogContent>
        {receipt ? (
          <Alert
            severity={receipt.state === 'refused' ? 'error' : 'success'}
            role="status"
          >
            <AlertTitle>
              <RequestStateMark state={receipt.state} />
            </AlertTitle>
            <p>
              <PlainText text={receipt.summary} />
            </p>
            <p>
              <PlainText text={receipt.why} />
            </p>
            {receipt.refusals.map((refusal, index) => (
              <p key={index}>
                <PlainText text={`${refusal.reason} ${refusal.hint}`} />
              </p>
            ))}
            <RequestLink id={receipt.id}>
              {t('operations.openRequest')}
            </RequestLink>
          </Alert>
        ) : (
          <Box
            sx={{
              display: 'grid',
              gap: 3,
              pt: 1,
              gridTemplateColumns: {
                xs: 'minmax(0, 1fr)',
                md: 'minmax(0, 2fr) minmax(0, 3fr)',
              },
            }}
          >
            <Box sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>
              <p style={{ margin: 0 }}>{operation.description}</p>
              <AskForm
                operations={[operation]}
                targets={targets}
                ask={ask}
                onChange={setAsk}
                reasonRequired
              />
              {call.error && (
                <CallError
                  title={t('operations.submitFailed')}
                  error={call.error}
                />
              )}
            </Box>
            <PreviewPanel {...preview} />
          </Box>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>
          {t(receipt ? 'operations.close' : 'request.cancel')}
        </Button>
        {!receipt && (
          <Button
            variant="contained"
            disabled={!isReady || outcome === 'refuse'}
            onClick={() =>
              call.run(async () => {
                setReceipt(
                  await api.submit({ ...submission!, idempotencyKey }),
                );
                props.onAsked();
              })
            }
          >
            {call.busy
              ? t('operations.submitting')
              : t(
                  outcome === 'run'
                    ? 'operations.submitRuns'
                    : 'operations.submit',
                )}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
