import { forwardRef, memo, type CSSProperties } from 'react';
import { Link } from 'react-router-dom';
import { styled } from '@mui/material/styles';
import { RiAlertFill, RiHandHeartLine } from '@remixicon/react';
import type { RequestRow } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { RequesterMark } from '../components/RequesterMark';
import { RequestStateMark } from '../components/RequestStateMark';
import { RiskMark } from '../components/RiskMark';
import { TimeLeft } from '../components/TimeLeft';
import { UnverifiedName } from '../components/UnverifiedName';
import { useLocale } from '../components/useLocale';
import { formatMoney } from '../lib/money';
import { shortName } from '../lib/shortName';
import { visibleText } from '../lib/visibleText';
import { useTexts } from '../components/useTexts';

/** Heights are fixed: the list knows where a row is without having drawn it. */
export const rowHeights = { wide: 68, narrow: 194 };

const Item = styled('li')(({ theme }) => ({
  position: 'absolute',
  left: 0,
  right: 0,
  top: 0,
  borderBottom: `1px solid ${theme.palette.divider}`,
}));

const RowLink = styled(Link)(({ theme }) => ({
  height: '100%',
  display: 'grid',
  gridTemplateColumns:
    '6.5rem minmax(0, 1fr) minmax(0, 13rem) 6.5rem minmax(8.5rem, auto)',
  gridTemplateRows: 'auto auto',
  gridAutoFlow: 'column',
  alignContent: 'center',
  gap: theme.spacing(0.25, 2),
  padding: theme.spacing(0, 2),
  fontSize: '0.875rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  textDecoration: 'none',
  position: 'relative',
  '&:hover': { background: theme.palette.action.hover },
  '&[aria-current]': {
    background: theme.palette.action.selected,
    boxShadow: `inset 4px 0 0 ${theme.palette.primary.main}`,
  },
  // A pointer besides the colour; where colours are the reader's own, a frame.
  '&[aria-current]::before': {
    content: '""',
    position: 'absolute',
    left: 4,
    top: 'calc(50% - 7px)',
    width: 7,
    height: 14,
    clipPath: 'polygon(0 0, 100% 50%, 0 100%)',
    background: theme.palette.primary.main,
  },
  '@media (forced-colors: active)': {
    '&[aria-current]': { outline: '2px dashed Highlight', outlineOffset: -2 },
  },
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
  '& > span': {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .summary': { fontWeight: 600 },
  '& .quiet': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& .end': { textAlign: 'right' },
  '& svg': { verticalAlign: '-2px', flex: 'none' },
  '& .differs': { color: theme.palette.error.main, fontWeight: 600 },
  '& .mine': { color: theme.palette.primary.main, fontWeight: 600 },
  [theme.breakpoints.down('md')]: {
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateRows: 'auto',
    gridAutoFlow: 'row',
    padding: theme.spacing(0, 1.5),
    // Two lines: what changes stands at the end of the sentence.
    // Nor is it cut where it is about.
    '& .summary, & .about': {
      gridColumn: '1 / -1',
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 2,
      overflowWrap: 'anywhere',
    },
    '& > span.summary, & > span.about': { whiteSpace: 'normal' },
    '& .summary': { gridRow: 1 },
    '& .about': { gridRow: 2 },
    '& .risk': { gridRow: 3 },
    '& .time': { gridRow: 3 },
    '& .who': { gridRow: 4 },
    '& .votes': { gridRow: 4, textAlign: 'right' },
    '& .called': { gridColumn: '1 / -1', gridRow: 5 },
    '& .state': { gridRow: 6 },
    '& .cost': { gridRow: 6, textAlign: 'right' },
    '& .asked': { display: 'none' },
  },
}));

function deadlineOf(row: RequestRow): number | undefined {
  switch (row.state) {
    case 'pending':
      return row.decideBy;
    case 'approved':
      return row.executeBy;
    default:
      return undefined;
  }
}

/** Whether a rule let it run, so that nobody has to vote. */
const isByPolicy = ({ tier, state, quorum }: RequestRow) =>
  tier === 1 && state !== 'pending' && quorum.approvals === 0;

interface Props {
  row: RequestRow;
  index: number;
  total: number;
  selected: boolean;
  now: number;
  height: number;
  offset: number;
  search: string;
  /** Whether all that is shown wants the reader, so that no row has to say so. */
  allMine: boolean;
  onFocus: (id: string) => void;
}

/** Whether a row that was read again says what it said before. */
function isSame(before: Props, after: Props): boolean {
  const { row: old, ...oldRest } = before;
  const { row, ...rest } = after;
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every(
      name => rest[name] === oldRest[name],
    ) &&
    (row === old || JSON.stringify(row) === JSON.stringify(old))
  );
}

/** One request in the queue: what, about what, who asks, how far, how long. */
export const QueueRow = memo(
  forwardRef<HTMLAnchorElement, Props>((props, ref) => {
    const { t } = useTexts();
    const locale = useLocale();
    const { row, now } = props;
    const style: CSSProperties = {
      height: props.height,
      transform: `translateY(${props.offset}px)`,
    };
    const about = [
      // First, so that no width cuts it off: names are alike in all of them.
      visibleText(row.target.environment ?? t('approvals.noEnvironment')),
      visibleText(row.target.title),
      row.target.owner
        ? visibleText(shortName(row.target.owner))
        : t('approvals.noOwner'),
    ].join(' · ');
    const summary = visibleText(row.summary);
    const deadline = deadlineOf(row);
    return (
      <Item
        style={style}
        aria-setsize={props.total}
        aria-posinset={props.index + 1}
      >
        <RowLink
          ref={ref}
          to={{
            pathname: encodeURIComponent(row.id),
            search: props.search,
          }}
          tabIndex={props.selected ? 0 : -1}
          aria-current={props.selected || undefined}
          onFocus={() => props.onFocus(row.id)}
        >
          <span className="risk">
            <RiskMark level={row.risk.level} />
          </span>
          <span className="state quiet">
            {row.state === 'pending' ? (
              t(`approvals.tier.${row.tier}`)
            ) : (
              <RequestStateMark state={row.state} />
            )}
          </span>
          <span className="summary" title={summary}>
            {summary}
          </span>
          <span className="about quiet" title={about}>
            {row.mine && !props.allMine && (
              <>
                <span className="mine">
                  <RiHandHeartLine size={14} aria-hidden />{' '}
                  {t('approvals.wantsYou')}
                </span>
                {' · '}
              </>
            )}
            {row.discrepancies > 0 && (
              <>
                <span className="differs">
                  <RiAlertFill size={14} aria-hidden /> {t('approvals.differs')}
                </span>
                {' · '}
              </>
            )}
            {about}
          </span>
          <span className="who">
            <RequesterMark requester={row.requester} />
          </span>
          <span className="called quiet">
            {row.requester.unverifiedName && (
              <UnverifiedName name={row.requester.unverifiedName} short />
            )}
          </span>
          {isByPolicy(row) ? (
            <span className="votes">{t('approvals.byPolicy')}</span>
          ) : (
            <span
              className="votes"
              title={t('approvals.votes', {
                approvals: String(row.quorum.approvals),
                count: row.quorum.needed,
              })}
            >
              {t('approvals.votesShort', {
                approvals: String(row.quorum.approvals),
                needed: String(row.quorum.needed),
              })}
            </span>
          )}
          <span className="cost quiet">
            {row.cost
              ? t('approvals.perHour', {
                  amount: formatMoney(row.cost.delta, row.cost.currency, {
                    locale,
                    signed: true,
                  }),
                })
              : t('approvals.costUnknown')}
          </span>
          <span className="time end">
            {deadline !== undefined ? (
              <TimeLeft until={deadline} now={now} from={row.createdAt} />
            ) : (
              <Age at={row.createdAt} now={now} />
            )}
          </span>
          <span className="asked quiet end">
            {deadline !== undefined && <Age at={row.createdAt} now={now} />}
          </span>
        </RowLink>
      </Item>
    );
  }),
  isSame,
);
