import { useState, type ReactNode } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import type {
  Choice,
  GateRequest,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { Body } from '../components/Body';
import { CallError } from '../components/CallError';
import { PlainText } from '../components/PlainText';
import { useGateCall, type GateCall } from './useGateCall';
import { useTexts } from '../components/useTexts';

interface Props {
  request: GateRequest;
  onAnswer: (request: GateRequest) => void;
}

function Form(props: {
  choice?: Choice;
  intro: string;
  label: string;
  required?: boolean;
  comment: string;
  onComment: (comment: string) => void;
  call: GateCall;
  failed: string;
  buttons: ReactNode;
}) {
  const { choice, call } = props;
  return (
    <Body>
      <p>{props.intro}</p>
      {choice && !choice.allowed ? (
        <small>
          <PlainText text={choice.why ?? ''} />
        </small>
      ) : (
        <>
          <TextField
            label={props.label}
            size="small"
            multiline
            required={props.required}
            value={props.comment}
            onChange={event => props.onComment(event.target.value)}
          />
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
            {props.buttons}
          </div>
        </>
      )}
      {call.error && <CallError title={props.failed} error={call.error} />}
    </Body>
  );
}

/** For `unknown`: a person says what came of it. */
export function ReconcilePart({ request, onAnswer }: Props) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const [comment, setComment] = useState('');
  const say = (outcome: 'succeeded' | 'failed') => () =>
    call.run(async () =>
      onAnswer(
        await api.reconcile(request.id, { outcome, comment: comment.trim() }),
      ),
    );
  const disabled = call.busy || comment.trim() === '';
  return (
    <Form
      choice={request.choices?.reconcile}
      intro={t('request.reconcileIntro')}
      label={t('request.reconcileComment')}
      required
      comment={comment}
      onComment={setComment}
      call={call}
      failed={t('request.reconcile')}
      buttons={
        <>
          <Button
            variant="outlined"
            disabled={disabled}
            onClick={say('succeeded')}
          >
            {t('request.reconcileSucceeded')}
          </Button>
          <Button
            variant="outlined"
            disabled={disabled}
            onClick={say('failed')}
          >
            {t('request.reconcileFailed')}
          </Button>
        </>
      }
    />
  );
}

/** For `manual`: people say that they have done it. */
export function CompletePart({ request, onAnswer }: Props) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const [comment, setComment] = useState('');
  return (
    <Form
      choice={request.choices?.complete}
      intro={t('request.completeIntro')}
      label={t('request.comment')}
      comment={comment}
      onComment={setComment}
      call={call}
      failed={t('request.complete')}
      buttons={
        <Button
          variant="contained"
          disabled={call.busy}
          onClick={() =>
            call.run(async () =>
              onAnswer(
                await api.complete(request.id, comment.trim() || undefined),
              ),
            )
          }
        >
          {t('request.completeButton')}
        </Button>
      }
    />
  );
}
