import { styled } from '@mui/material/styles';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { ChangesPart } from '../assessment/ChangesPart';
import { PlanNotes } from '../assessment/PlanNotes';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { useTexts } from '../components/useTexts';
import { CautionsNotice } from './CautionsNotice';
import { DecisionFacts } from './DecisionFacts';

const Sides = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(1.5),
  alignItems: 'start',
  [theme.breakpoints.up('md')]: {
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
  },
}));

const Framed = styled('div')(({ theme }) => ({
  border: `1px solid ${theme.palette.divider}`,
  borderRadius: 8,
  overflow: 'hidden',
}));

/** What somebody has to have seen before they vote, what speaks against it first. */
export function DecisionLook(props: {
  request: GateRequest;
  now: number;
  showsAll: boolean;
  onShowAll: () => void;
  /** Something of it could not be shown. */
  onFail: () => void;
  /** Stands after the last of it. */
  endRef: (end: Element | null) => void;
}) {
  const { t } = useTexts();
  const { request } = props;
  return (
    <PartBoundary of={request.digest} onFail={props.onFail}>
      <CautionsNotice request={request} />
      <Sides>
        <Framed>
          <DecisionFacts request={request} now={props.now} />
        </Framed>
        <Framed>
          <ChangesPart
            plan={request.plan}
            label={t('request.changes')}
            showsAll={props.showsAll}
            onShowAll={props.onShowAll}
          />
          {request.plan && <PlanNotes plan={request.plan} />}
        </Framed>
      </Sides>
      <p>
        <small>{t('request.reason')}: </small>
        <PlainText text={request.reason} folds />
      </p>
      <span ref={props.endRef} aria-hidden />
    </PartBoundary>
  );
}
