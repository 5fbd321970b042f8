import { useState } from 'react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { visiblePieces } from '../lib/visibleText';
import { useTexts } from './useTexts';

const Text = styled('bdi')(({ theme }) => ({
  overflowWrap: 'anywhere',
  whiteSpace: 'pre-wrap',
  '& a': { color: theme.palette.primary.main, textDecoration: 'underline' },
}));

const Invisible = styled('mark')(({ theme }) => ({
  padding: '0 3px',
  margin: '0 1px',
  borderRadius: 3,
  fontSize: '0.75em',
  fontFamily: 'monospace',
  color: theme.palette.error.main,
  background: 'transparent',
  border: `1px solid ${theme.palette.error.main}`,
}));

const Host = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontSize: '0.875em',
}));

const mostShown = 1_200;

/**
 * A text that somebody else wrote: never markup, what is invisible in it made
 * visible, its direction its own. With `links`, http(s) addresses can be
 * followed, and the host that they lead to stands beside them.
 */
export function PlainText(props: {
  text: string;
  links?: boolean;
  /** Shows the first part of a long text, and the rest on demand. */
  folds?: boolean;
}) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const folds = props.folds && props.text.length > mostShown;
  const text =
    folds && !isOpen ? `${props.text.slice(0, mostShown)}…` : props.text;
  return (
    <>
      <Text>
        {visiblePieces(text, { links: props.links }).map((piece, index) => {
          switch (piece.kind) {
            case 'invisible':
              return (
                <Invisible
                  key={index}
                  title={t('gate.invisible', { code: piece.code })}
                >
                  {piece.code}
                </Invisible>
              );
            case 'link':
              // Backstage's Link throws on addresses that it does not like.
              return (
                <span key={index}>
                  <a
                    href={piece.href}
                    target="_blank"
                    rel="noopener noreferrer nofollow"
                  >
                    {piece.text}
                  </a>{' '}
                  <Host>({t('gate.openIn', { host: piece.host })})</Host>
                </span>
              );
            default:
              return <span key={index}>{piece.text}</span>;
          }
        })}
      </Text>
      {folds && (
        <div>
          <Button
            size="small"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'gate.less' : 'gate.more')}
          </Button>
        </div>
      )}
    </>
  );
}
