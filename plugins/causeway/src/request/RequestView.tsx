import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import type {
  GateRequest,
  GateStatus,
} from '@causeway/backstage-plugin-causeway-common';
import { BlastPart } from '../assessment/BlastPart';
import { ChangesPart } from '../assessment/ChangesPart';
import { CostPart } from '../assessment/CostPart';
import { FailurePart } from '../assessment/FailurePart';
import { ManualPart } from '../assessment/ManualPart';
import { PlanNotes } from '../assessment/PlanNotes';
import { RefusalPart } from '../assessment/RefusalPart';
import { RulesPart } from '../assessment/RulesPart';
import { TargetPart } from '../assessment/TargetPart';
import { Body, Pre } from '../components/Body';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { Section } from '../components/Section';
import { outline } from '../lib/jsonText';
import { AgentRecordLine } from './AgentRecordLine';
import { ClocksPart } from './ClocksPart';
import { ExecutionPart } from './ExecutionPart';
import { FailuresPart } from './FailuresPart';
import { FeedbackPart } from './FeedbackPart';
import { CompletePart, ReconcilePart } from './FollowUpPart';
import { RecordPart } from './RecordPart';
import { RequesterPart } from './RequesterPart';
import { TimelinePart } from './TimelinePart';
import { VotesPart } from './VotesPart';
import { useTexts } from '../components/useTexts';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  alignItems: 'start',
  gridTemplateColumns: 'minmax(0, 1.7fr) minmax(0, 1fr)',
  gridTemplateRows: 'auto 1fr',
  gridTemplateAreas: '"evidence around" "after around"',
  [theme.breakpoints.down('md')]: {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'auto',
    gridTemplateAreas: '"evidence" "around" "after"',
    // What became of it is what one comes for.
    '&[data-begun]': { gridTemplateAreas: '"after" "evidence" "around"' },
  },
}));

const Column = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'minmax(0, 1fr)',
}));

const finished: GateRequest['state'][] = [
  'succeeded',
  'failed',
  'rolled-back',
  'denied',
];

/** Who looked where the gate could not tell, and what they said. */
function reconciledOf({ events, stateReason }: GateRequest) {
  const event = events.filter(({ type }) => type === 'Reconciled').at(-1);
  return event && { event, comment: stateReason };
}

/** Everything about one request, what matters for the decision first. */
export function RequestView(props: {
  request: GateRequest;
  now: number;
  showsAll: boolean;
  onShowAll: () => void;
  onDiffFailed: () => void;
  onAnswer: (request: GateRequest) => void;
  status?: GateStatus;
  onGateChanged: () => void;
}) {
  const { t } = useTexts();
  const { request, now, onAnswer } = props;
  const { assessment } = request;
  const isOpen = ['pending', 'approved', 'manual'].includes(request.state);
  const part = (title: string, children: ReactNode, onFail?: () => void) => (
    <Section title={title}>
      <PartBoundary of={request.revision} onFail={onFail}>
        {children}
      </PartBoundary>
    </Section>
  );
  const changesTitle = t(isOpen ? 'request.changes' : 'request.changesDone');

  return (
    <Columns data-begun={request.execution ? '' : undefined}>
      <Column style={{ gridArea: 'evidence' }}>
        {request.state === 'unknown' &&
          part(
            t('request.reconcile'),
            <ReconcilePart request={request} onAnswer={onAnswer} />,
          )}
        {request.state === 'manual' &&
          part(
            t('request.complete'),
            <>
              {assessment.manual && <ManualPart manual={assessment.manual} />}
              <CompletePart request={request} onAnswer={onAnswer} />
            </>,
          )}
        {assessment.refusals.length > 0 &&
          part(
            t('request.refusals'),
            <RefusalPart refusals={assessment.refusals} />,
          )}
        {part(
          changesTitle,
          <>
            <ChangesPart
              plan={request.plan}
              label={changesTitle}
              showsAll={props.showsAll}
              onShowAll={props.onShowAll}
            />
            {request.plan && <PlanNotes plan={request.plan} />}
          </>,
          props.onDiffFailed,
        )}
        {part(
          t('request.why'),
          <RequesterPart
            request={request}
            now={now}
            status={props.status}
            onGateChanged={props.onGateChanged}
          />,
        )}
        {request.recommendation &&
          part(t('request.record'), <RecordPart request={request} />)}
        {part(t('request.rules'), <RulesPart assessment={assessment} />)}
      </Column>
      <Column style={{ gridArea: 'after' }}>
        {request.execution &&
          part(
            t('request.execution'),
            <ExecutionPart
              execution={request.execution}
              reconciled={reconciledOf(request)}
              now={now}
            />,
          )}
        {(request.feedback.length > 0 || finished.includes(request.state)) &&
          part(
            t('request.feedback'),
            <FeedbackPart request={request} now={now} onAnswer={onAnswer} />,
          )}
        {part(
          t('request.timeline'),
          <TimelinePart request={request} now={now} />,
        )}
      </Column>
      <Column style={{ gridArea: 'around' }}>
        {part(t('request.votes'), <VotesPart request={request} now={now} />)}
        {part(
          t('request.target'),
          <TargetPart
            target={request.target}
            binding={request.binding}
            now={now}
          />,
        )}
        {part(
          t('request.blast'),
          <BlastPart
            blast={request.blastRadius}
            entityRef={request.target.entityRef}
          />,
        )}
        {part(
          t('request.cost'),
          <CostPart cost={request.cost} limits={assessment.limits} />,
        )}
        {request.agentRecord &&
          part(
            t('request.agentRecord'),
            <AgentRecordLine record={request.agentRecord} />,
          )}
        {part(
          t('request.failure'),
          <FailurePart
            verification={assessment.verification}
            plan={request.plan}
            operation={request.operation}
          />,
        )}
        {part(t('request.clocks'), <ClocksPart request={request} now={now} />)}
        {part(
          t('request.failures'),
          <FailuresPart failures={request.recentFailures} now={now} />,
        )}
        {part(
          t('request.input'),
          <Body>
            <Pre tabIndex={0} aria-label={t('request.input')}>
              <PlainText text={outline(request.input)} />
            </Pre>
            {request.plan?.bound && (
              <>
                <h3>{t('request.bound')}</h3>
                <Pre>
                  <PlainText text={outline(request.plan.bound)} />
                </Pre>
              </>
            )}
          </Body>,
        )}
      </Column>
    </Columns>
  );
}
