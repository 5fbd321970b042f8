import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import {
  agentKeyOf,
  type Feedback,
  type GateRequest,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { CallError } from '../components/CallError';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { useGateCall } from './useGateCall';
import { useTexts } from '../components/useTexts';

const verdicts = ['right', 'wrong', 'unnecessary'] as const;

/** Whether it was right, as people said, and the way to say so. */
export function FeedbackPart(props: {
  request: GateRequest;
  now: number;
  onAnswer: (request: GateRequest) => void;
}) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const call = useGateCall();
  const labelId = useId();
  const [verdict, setVerdict] = useState<Feedback['verdict']>();
  const [comment, setComment] = useState('');
  const { request, onAnswer } = props;
  const choice = request.choices?.feedback;
  const isAgents = agentKeyOf(request.requester) !== undefined;

  return (
    <Body>
      {request.feedback.length === 0 && (
        <small>{t('request.feedbackNone')}</small>
      )}
      {request.feedback.length > 0 && (
        <ul>
          {request.feedback.map((one, index) => (
            <li key={index}>
              <strong>{t(`request.verdict.${one.verdict}`)}</strong>{' '}
              <small>
                <EntityLink entityRef={one.by} />,{' '}
                <Age at={one.at} now={props.now} />
                {isAgents &&
                  `, ${t(
                    one.counts
                      ? 'request.feedbackCounts'
                      : 'request.feedbackCountsNot',
                  )}`}
              </small>
              {one.comment && (
                <div>
                  <PlainText text={one.comment} folds />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {choice?.allowed && (
        <>
          <p id={labelId}>
            {t(
              isAgents
                ? 'request.feedbackIntro'
                : 'request.feedbackIntroPerson',
            )}
          </p>
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label={t('request.feedback')}
            aria-describedby={labelId}
            value={verdict ?? null}
            onChange={(_event, value: Feedback['verdict'] | null) =>
              setVerdict(value ?? undefined)
            }
          >
            {verdicts.map(value => (
              <ToggleButton key={value} value={value} sx={{ px: 1.5 }}>
                {t(`request.verdict.${value}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          {verdict && (
            <>
              <TextField
                label={t('request.comment')}
                size="small"
                multiline
                value={comment}
                onChange={event => setComment(event.target.value)}
              />
              <div>
                <Button
                  variant="contained"
                  disabled={call.busy}
                  onClick={() =>
                    call.run(async () => {
                      onAnswer(
                        await api.giveFeedback(request.id, {
                          verdict,
                          comment: comment.trim() || undefined,
                        }),
                      );
                      setVerdict(undefined);
                      setComment('');
                    })
                  }
                >
                  {t('request.send')}
                </Button>
              </div>
            </>
          )}
          {call.error && (
            <CallError title={t('request.feedback')} error={call.error} />
          )}
        </>
      )}
      {choice && !choice.allowed && choice.why && (
        <small>
          <PlainText text={choice.why} />
        </small>
      )}
    </Body>
  );
}
