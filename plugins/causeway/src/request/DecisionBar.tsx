import { useId } from 'react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { Digest } from '../components/Digest';
import { PlainText } from '../components/PlainText';
import { TimeLeft } from '../components/TimeLeft';
import { useApprovalWords } from '../assessment/useApprovalWords';
import type { Hindrance } from './voteHindrance';
import { useHindranceText } from './useHindranceText';
import { useTexts } from '../components/useTexts';

const Bar = styled('section')(({ theme }) => ({
  position: 'sticky',
  bottom: 0,
  zIndex: 2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  padding: theme.spacing(1.25, 2),
  fontSize: '0.875rem',
  lineHeight: 1.4,
  background: theme.palette.background.paper,
  border: `1px solid ${theme.palette.divider}`,
  borderRadius: 10,
  boxShadow: theme.shadows[6],
  '& .words': { flex: '1 1 18rem', minWidth: 0 },
  '& .buttons': { display: 'flex', gap: theme.spacing(1), flex: 'none' },
  '& p': { margin: 0 },
  '& small': { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  [theme.breakpoints.down('sm')]: {
    // Above the navigation, which stands at the bottom of narrow screens.
    bottom: 'calc(60px + env(safe-area-inset-bottom))',
    padding: theme.spacing(1, 1.5),
    '& .buttons': { flex: '1 1 100%' },
    '& .buttons > *': { flex: '1 1 0' },
  },
}));

/** Two buttons, always in reach; why one is off stands beside it. */
export function DecisionBar(props: {
  request: GateRequest;
  now: number;
  approve?: Hindrance;
  deny?: Hindrance;
  onDecide: (decision: 'approve' | 'deny') => void;
  onWithdrawVote?: () => void;
}) {
  const { t } = useTexts();
  const hindranceText = useHindranceText();
  const words = useApprovalWords();
  const whyId = useId();
  const { request, approve, deny } = props;
  const why = approve ?? deny;
  return (
    <Bar aria-label={t('request.decision')}>
      <div className="words">
        <p id={whyId}>
          {why ? (
            <PlainText text={hindranceText(why)} />
          ) : (
            words.missing(request.quorum)
          )}
        </p>
        <small>
          {t('gate.digest')} <Digest digest={request.digest} />
          {request.state === 'pending' && request.decideBy !== undefined && (
            <>
              {' · '}
              <TimeLeft
                until={request.decideBy}
                now={props.now}
                from={request.createdAt}
              />
            </>
          )}
        </small>
      </div>
      <div className="buttons">
        {props.onWithdrawVote && (
          <Button onClick={props.onWithdrawVote}>
            {t('request.withdrawVote')}
          </Button>
        )}
        <Button
          variant="outlined"
          color="error"
          size="large"
          startIcon={<RiCloseLine size={20} aria-hidden />}
          disabled={deny !== undefined}
          aria-describedby={deny && whyId}
          onClick={() => props.onDecide('deny')}
        >
          {t('request.deny')}
        </Button>
        <Button
          variant="contained"
          color="success"
          size="large"
          startIcon={<RiCheckLine size={20} aria-hidden />}
          disabled={approve !== undefined}
          aria-describedby={approve && whyId}
          onClick={() => props.onDecide('approve')}
        >
          {t('request.approve')}
        </Button>
      </div>
    </Bar>
  );
}
