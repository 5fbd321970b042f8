import { useEffect, useId, useRef, type ReactNode } from 'react';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { RiCloseLine } from '@remixicon/react';
import { useTexts } from '../components/useTexts';

const Panel = styled('aside')(({ theme }) => ({
  minWidth: 0,
  padding: theme.spacing(2),
  borderRadius: 10,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.paper,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  overflowWrap: 'anywhere',
  '& header': {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  '& h3': { margin: theme.spacing(0.5, 0), fontSize: '1rem', outline: 'none' },
  '& h4': {
    margin: theme.spacing(2, 0, 0.5),
    fontSize: '0.8125rem',
    fontWeight: 500,
    color: theme.palette.text.secondary,
  },
  '& dl': { margin: 0 },
  '& dt': {
    marginTop: theme.spacing(1),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& dd': { margin: 0 },
}));

/**
 * Details beside the canvas. It takes the focus when its subject changes and
 * closes with Escape.
 */
export function DetailsPanel(props: {
  title: string;
  label: string;
  /** Changes with the subject. */
  subject: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const titleId = useId();
  const titleRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    titleRef.current?.focus();
  }, [props.subject]);
  return (
    <Panel
      aria-label={props.label}
      onKeyDown={event => event.key === 'Escape' && props.onClose()}
    >
      <header>
        <h3 id={titleId} ref={titleRef} tabIndex={-1}>
          {props.title}
        </h3>
        <IconButton
          size="small"
          aria-label={t('graph.close')}
          onClick={props.onClose}
        >
          <RiCloseLine size={20} aria-hidden />
        </IconButton>
      </header>
      {props.children}
    </Panel>
  );
}
