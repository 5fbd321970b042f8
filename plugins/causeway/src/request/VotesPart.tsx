import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import {
  RiAlertFill,
  RiCheckLine,
  RiCloseLine,
  RiForbid2Line,
} from '@remixicon/react';
import type {
  GateRequest,
  Vote,
} from '@causeway/backstage-plugin-causeway-common';
import { useApprovalWords } from '../assessment/useApprovalWords';
import { Age } from '../components/Age';
import { Body } from '../components/Body';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { StatusMark, type Tone } from '../components/StatusMark';
import { useLocale } from '../components/useLocale';
import { formatDuration } from '../lib/duration';
import { deciders } from '../lib/quorum';
import { useTexts } from '../components/useTexts';

const Votes = styled('ul')({
  '&&': { listStyle: 'none', padding: 0, display: 'grid', gap: 8 },
});

function Refs({ refs }: { refs: readonly string[] }) {
  return (
    <>
      {refs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <EntityLink entityRef={ref} />
        </span>
      ))}
    </>
  );
}

function VoteLine(props: { vote: Vote; digest: string; now: number }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { vote } = props;
  const isOther = vote.digest !== props.digest;
  const counts = vote.withdrawnAt === undefined && !isOther;
  const looks = {
    approve: { tone: 'good' as Tone, icon: RiCheckLine },
    deny: { tone: 'bad' as Tone, icon: RiCloseLine },
  };
  const notes = [
    t(`request.${vote.presence}`),
    vote.lookedFor !== undefined &&
      t('request.lookedFor', { time: formatDuration(vote.lookedFor, locale) }),
  ].filter(Boolean);
  return (
    <li>
      <StatusMark
        {...(counts
          ? looks[vote.decision]
          : { tone: 'quiet' as Tone, icon: RiForbid2Line })}
      >
        <EntityLink entityRef={vote.voter} />{' '}
        {t(
          vote.decision === 'approve'
            ? 'request.voteApprove'
            : 'request.voteDeny',
        )}{' '}
        <Age at={vote.at} now={props.now} /> <small>({notes.join(', ')})</small>
      </StatusMark>
      {vote.comment && (
        <div>
          “<PlainText text={vote.comment} folds />”
        </div>
      )}
      {!counts && (
        <div>
          <small>
            {t('request.voteWithdrawn')}:{' '}
            <PlainText text={vote.withdrawnWhy ?? t('request.voteOther')} />
          </small>
        </div>
      )}
    </li>
  );
}

/** Why there are no votes where none are awaited: a rule decided, or it ended before. */
function NobodyVoted({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  const { outcome, summary, decidedBy } = request.assessment;
  const byPolicy = outcome !== 'review';
  return (
    <>
      <p>
        <strong>{t(`request.nobody.${outcome}`)}</strong>
      </p>
      {byPolicy && (
        <p>
          <PlainText text={summary} />{' '}
          <small>
            {t('request.decidedBy')}{' '}
            <code>
              <PlainText text={request.decidedBy ?? decidedBy} />
            </code>
          </small>
        </p>
      )}
    </>
  );
}

/** How far it is, in words, who voted, and who can. */
export function VotesPart(props: { request: GateRequest; now: number }) {
  const { t } = useTexts();
  const words = useApprovalWords();
  const { request, now } = props;
  const { approval, quorum } = request;
  const { escalation } = approval;
  const isPending = request.state === 'pending';
  const wereNeeded = isPending || request.votes.length > 0;
  const line = (name: string, value: ReactNode) => (
    <p>
      <small>{name}</small> {value}
    </p>
  );
  return (
    <Body>
      {wereNeeded ? (
        <p>
          <strong>
            {t('request.approvals', {
              approvals: String(quorum.approvals),
              count: quorum.needed,
            })}
          </strong>
          {isPending && `. ${words.missing(quorum)}`}
        </p>
      ) : (
        <NobodyVoted request={request} />
      )}
      {isPending && !quorum.feasible && (
        <StatusMark tone="bad" icon={RiAlertFill}>
          {t('request.infeasible')}
        </StatusMark>
      )}
      {request.votes.length > 0 ? (
        <Votes aria-label={t('request.votes')}>
          {request.votes.map(vote => (
            <VoteLine
              key={vote.id}
              vote={vote}
              digest={request.digest}
              now={now}
            />
          ))}
        </Votes>
      ) : (
        isPending && <small>{t('request.noVotes')}</small>
      )}
      {isPending && (
        <>
          {line(
            t('request.canVote'),
            <Refs refs={deciders(approval, request.createdAt, now)} />,
          )}
          {line(
            t('request.cannotVote'),
            <>
              <Refs refs={request.requester.set} />{' '}
              <small>({t('request.cannotVoteWhy')})</small>
            </>,
          )}
          {escalation &&
            (now >= request.createdAt + escalation.after
              ? line(
                  `${t('request.escalated')}:`,
                  <Refs refs={escalation.groups} />,
                )
              : line(
                  '',
                  <>
                    <EscalatesAt
                      at={request.createdAt + escalation.after}
                      now={now}
                    />
                    : <Refs refs={escalation.groups} />
                  </>,
                ))}
          {approval.fallback &&
            approval.fallback.length > 0 &&
            line(
              `${t('request.fallback')}:`,
              <Refs refs={approval.fallback} />,
            )}
          {approval.presence && <p>{t('request.presence')}.</p>}
        </>
      )}
    </Body>
  );
}

function EscalatesAt(props: { at: number; now: number }) {
  const { t } = useTexts();
  const locale = useLocale();
  const minutes = Math.ceil((props.at - props.now) / 60_000);
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short' });
  const time =
    minutes < 90
      ? relative.format(minutes, 'minute')
      : relative.format(Math.round(minutes / 60), 'hour');
  return <small>{t('request.escalates', { time })}</small>;
}
