import { styled } from '@mui/material/styles';
import type { RiskLevel } from '@causeway/backstage-plugin-causeway-common';
import { riskLooks } from './gateLooks';
import { PlainText } from './PlainText';
import { useTexts } from './useTexts';

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 6,
  '& svg': { flex: 'none' },
  '& [data-tone=bad]': { color: theme.palette.error.main },
  '& [data-tone=caution]': { color: theme.palette.warning.main },
  '& [data-tone=quiet]': { color: theme.palette.text.secondary },
}));

/** How much is at stake: as bars, and in words. */
export function RiskMark(props: { level: RiskLevel; title?: string }) {
  const { t } = useTexts();
  const { tone, bars } = riskLooks[props.level] ?? riskLooks.critical;
  return (
    <Root>
      <svg width={16} height={14} aria-hidden data-tone={tone}>
        {[1, 2, 3, 4].map(bar => (
          <rect
            key={bar}
            x={(bar - 1) * 4}
            y={12 - bar * 3}
            width={3}
            height={bar * 3 + 1}
            rx={1}
            fill="currentColor"
            opacity={bar <= bars ? 1 : 0.25}
          />
        ))}
      </svg>
      <span>
        {t(`gate.risk.${props.level}`)}
        {props.title && (
          <>
            {': '}
            <PlainText text={props.title} />
          </>
        )}
      </span>
    </Root>
  );
}
