import { useId, useState } from 'react';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { RiArrowDownSLine, RiRobot2Line } from '@remixicon/react';
import type { AuditEntry } from '@causeway/backstage-plugin-causeway-common';
import { Body, Pre } from '../components/Body';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { RequestLink } from '../components/RequestLink';
import { Terms } from '../components/Terms';
import { useLocale } from '../components/useLocale';
import { formatDateTime } from '../lib/age';
import { outline } from '../lib/jsonText';
import { visibleText } from '../lib/visibleText';
import { eventName } from '../request/eventName';
import { isByAgent } from './entryAgent';
import { useTexts } from '../components/useTexts';

const Item = styled('li')(({ theme }) => ({
  borderBottom: `1px solid ${theme.palette.divider}`,
  '&:last-of-type': { borderBottom: 'none' },
}));

const Summary = styled(ButtonBase)(({ theme }) => ({
  width: '100%',
  display: 'grid',
  gridTemplateColumns:
    '4.5rem 12.5rem minmax(0, 12rem) minmax(0, 1fr) minmax(0, 1fr) auto',
  gap: theme.spacing(0.25, 2),
  alignItems: 'center',
  padding: theme.spacing(1, 2),
  textAlign: 'left',
  font: 'inherit',
  fontSize: '0.875rem',
  '&:hover': { background: theme.palette.action.hover },
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
  '& span': { minWidth: 0, overflowWrap: 'anywhere' },
  '& .quiet': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  '& > svg': { transition: 'transform 120ms' },
  '& .who svg': { verticalAlign: '-2px' },
  '@media (prefers-reduced-motion: reduce)': {
    '& > svg': { transition: 'none' },
  },
  '&[aria-expanded=true] > svg': { transform: 'rotate(180deg)' },
  [theme.breakpoints.down('md')]: {
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    '& .seq': { display: 'none' },
    '& .when, & .who, & .what, & .about': { gridColumn: 1 },
    '& > svg': { gridColumn: 2, gridRow: '1 / span 4' },
  },
}));

/** One entry; its detail on demand. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTexts();
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  return (
    <Item>
      <Summary
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="seq quiet">{entry.seq}</span>
        <span className="when quiet">
          <time dateTime={new Date(entry.at).toISOString()}>
            {formatDateTime(entry.at, locale)}
          </time>
        </span>
        <span className="what">
          <strong>{eventName(visibleText(entry.action))}</strong>{' '}
          <span className="quiet">{visibleText(entry.type)}</span>
        </span>
        <span className="who">
          {isByAgent(entry) && (
            <>
              <RiRobot2Line
                size={15}
                role="img"
                aria-label={t('audit.byAgent')}
              />{' '}
            </>
          )}
          {visibleText(entry.by)}
        </span>
        <span className="about quiet">
          {visibleText(entry.subject ?? entry.requestId ?? '')}
        </span>
        <RiArrowDownSLine size={20} aria-hidden />
      </Summary>
      {isOpen && (
        <section
          id={bodyId}
          aria-label={t('audit.detail', { seq: String(entry.seq) })}
        >
          <PartBoundary of={entry.seq}>
            <Terms
              items={[
                { name: t('audit.entry'), value: entry.seq },
                {
                  name: t('audit.requestId'),
                  value: entry.requestId && (
                    <RequestLink id={entry.requestId}>
                      <PlainText text={entry.requestId} />
                    </RequestLink>
                  ),
                },
                {
                  name: t('audit.subject'),
                  value: entry.subject && <PlainText text={entry.subject} />,
                },
                { name: t('audit.hash'), value: <code>{entry.hash}</code> },
                {
                  name: t('audit.previous'),
                  value: <code>{entry.previous}</code>,
                },
              ]}
            />
            <Body>
              <Pre>
                <PlainText text={outline(entry.detail)} />
              </Pre>
            </Body>
          </PartBoundary>
        </section>
      )}
    </Item>
  );
}
