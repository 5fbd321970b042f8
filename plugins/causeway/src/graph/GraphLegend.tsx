import { styled } from '@mui/material/styles';
import { RiArchiveLine, RiMapPinFill, RiTimeLine } from '@remixicon/react';
import { useTexts } from '../components/useTexts';

const List = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5, 2.5),
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  '& li': { display: 'inline-flex', alignItems: 'center', gap: 6 },
  '& line': { stroke: 'currentColor', strokeWidth: 1.5 },
}));

function Line({ dashes }: { dashes?: string }) {
  return (
    <svg width="28" height="8" aria-hidden>
      <line x1="0" y1="4" x2="28" y2="4" strokeDasharray={dashes} />
    </svg>
  );
}

/** What lines and marks mean. */
export function GraphLegend() {
  const { t } = useTexts();
  return (
    <List aria-label={t('graph.legend')}>
      <li>
        <Line /> {t('graph.certain')}
      </li>
      <li>
        <Line dashes="6 4" /> {t('graph.likely')}
      </li>
      <li>
        <Line dashes="2 3" /> {t('graph.declared')}
      </li>
      <li>
        <RiMapPinFill size={14} aria-hidden /> {t('graph.root')}
      </li>
      <li>
        <RiTimeLine size={14} aria-hidden /> {t('graph.stale')}
      </li>
      <li>
        <RiArchiveLine size={14} aria-hidden /> {t('graph.deprecated')}
      </li>
    </List>
  );
}
