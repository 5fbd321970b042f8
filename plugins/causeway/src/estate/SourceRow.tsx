import { useId, useState } from 'react';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import {
  RiArrowDownSLine,
  RiBookMarkedLine,
  RiGithubLine,
  RiGitMergeLine,
  RiServerLine,
} from '@remixicon/react';
import type {
  PartitionStatus,
  SourceKind,
  SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { stateLooks } from '../components/icons';
import { StatusMark } from '../components/StatusMark';
import {
  countObjects,
  oldestConfirmation,
  sourceState,
} from '../lib/partitions';
import { PartitionTable } from './PartitionTable';
import { RateLimit } from './RateLimit';
import { useTexts } from '../components/useTexts';

const kindIcons = {
  kubernetes: RiServerLine,
  argocd: RiGitMergeLine,
  github: RiGithubLine,
  catalog: RiBookMarkedLine,
} satisfies Record<SourceKind, unknown>;

const Item = styled('li')(({ theme }) => ({
  borderBottom: `1px solid ${theme.palette.divider}`,
  '&:last-of-type': { borderBottom: 'none' },
  '& h3': { margin: 0, font: 'inherit' },
}));

const Summary = styled(ButtonBase)(({ theme }) => ({
  width: '100%',
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 16rem) minmax(0, 1fr) auto',
  alignItems: 'center',
  gap: theme.spacing(0.5, 2),
  padding: theme.spacing(1.5, 2),
  textAlign: 'left',
  font: 'inherit',
  fontSize: '0.875rem',
  '&:hover': { background: theme.palette.action.hover },
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
  '& strong': { display: 'block', fontWeight: 600 },
  '& small': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& .facts': {
    display: 'grid',
    gridTemplateColumns: '6rem 6.5rem 6.5rem minmax(0, 1fr)',
    alignItems: 'center',
    gap: theme.spacing(0.25, 2),
  },
  '& .arrow': { transition: 'transform 120ms' },
  '&[aria-expanded=true] .arrow': { transform: 'rotate(180deg)' },
  [theme.breakpoints.down('md')]: {
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    '& .facts': {
      gridColumn: '2',
      gridRow: '2',
      display: 'flex',
      flexWrap: 'wrap',
    },
  },
}));

const Body = styled('div')(({ theme }) => ({
  borderTop: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.default,
}));

/** One source in a line, its partitions below on demand. */
export function SourceRow(props: {
  source: SourceStatus;
  /** Those of the source that pass the filter. */
  partitions: PartitionStatus[];
  startsOpen: boolean;
  now: number;
}) {
  const { t } = useTexts();
  const { source, partitions, now } = props;
  const [isOpen, setOpen] = useState(props.startsOpen);
  const bodyId = useId();
  const KindIcon = kindIcons[source.kind];
  const state = sourceState(source);
  const present = source.partitions.filter(p => p.state !== 'absent');
  const fresh = present.filter(p => p.state === 'fresh').length;
  const oldest = oldestConfirmation(source);

  return (
    <Item>
      <h3>
        <Summary
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setOpen(!isOpen)}
        >
          <KindIcon size={22} aria-hidden />
          <span>
            <strong>{source.title}</strong>
            <small>
              {[t(`estate.kind.${source.kind}`), source.environment]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </span>
          <span className="facts">
            <StatusMark {...stateLooks[state]}>
              {t(`state.${state}`)}
            </StatusMark>
            <span>
              {t('estate.freshCount', {
                fresh: String(fresh),
                total: String(present.length),
              })}
            </span>
            <span>
              {t('estate.objectCount', { count: countObjects(source) })}
            </span>
            {oldest !== undefined && (
              <small>
                {t('estate.confirmed')} <Age at={oldest} now={now} />
              </small>
            )}
          </span>
          <RiArrowDownSLine className="arrow" size={20} aria-hidden />
        </Summary>
      </h3>
      {isOpen && (
        <Body id={bodyId}>
          <RateLimit source={source} now={now} />
          <PartitionTable
            label={t('estate.show', { source: source.title })}
            partitions={partitions}
            now={now}
          />
        </Body>
      )}
    </Item>
  );
}
