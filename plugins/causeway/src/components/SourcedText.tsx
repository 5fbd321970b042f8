import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import { useTexts } from './useTexts';

const Origin = styled('span')(({ theme }) => ({
  padding: '1px 6px',
  borderRadius: 6,
  fontSize: '0.75rem',
  whiteSpace: 'nowrap',
  color: theme.palette.text.secondary,
  border: `1px solid ${theme.palette.divider}`,
}));

/**
 * A value; where it is not the platform's own word, how far it can be trusted
 * stands beside it.
 */
export function SourcedText(props: {
  value: SourcedValue;
  children?: ReactNode;
}) {
  const { t } = useTexts();
  const { value, origin, rule, evidence } = props.value;
  const hint = [
    t('origin.hint', { origin: t(`origin.${origin}`), rule }),
    evidence,
  ]
    .filter(Boolean)
    .join(': ');
  return (
    <span title={hint}>
      {props.children ?? value}
      {origin !== 'platform' && (
        <>
          {' '}
          <Origin>{t(`origin.${origin}`)}</Origin>
        </>
      )}
    </span>
  );
}
