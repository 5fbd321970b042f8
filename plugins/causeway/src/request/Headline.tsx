import { styled } from '@mui/material/styles';
import { RiShieldCheckLine } from '@remixicon/react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { RequestStateMark } from '../components/RequestStateMark';
import { RiskMark } from '../components/RiskMark';
import { StatusMark } from '../components/StatusMark';
import { useTexts } from '../components/useTexts';
import { RequestTitle } from './RequestTitle';

const Root = styled('div')(({ theme }) => ({
  '& h2': {
    margin: 0,
    fontSize: '1.375rem',
    fontWeight: 600,
    lineHeight: 1.3,
    overflowWrap: 'anywhere',
  },
  '& .marks': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2.5),
    marginTop: theme.spacing(1),
    fontSize: '0.875rem',
  },
  '& code': { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  '& p': {
    margin: theme.spacing(0.75, 0, 0),
    fontSize: '0.875rem',
    color: theme.palette.text.secondary,
  },
}));

/** What it is in one sentence, how it stands, and how much is at stake. */
export function Headline({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  const { assessment } = request;
  return (
    <Root>
      <h2>
        <RequestTitle request={request} />
      </h2>
      <div className="marks">
        <RequestStateMark state={request.state} />
        <RiskMark level={assessment.risk.level} title={assessment.risk.title} />
        <StatusMark tone="quiet" icon={RiShieldCheckLine}>
          {t(`gate.tier.${assessment.tier}`)}
        </StatusMark>
        <code>{request.id}</code>
      </div>
      {request.stateReason && (
        <p>
          <PlainText text={request.stateReason} folds />
        </p>
      )}
    </Root>
  );
}
