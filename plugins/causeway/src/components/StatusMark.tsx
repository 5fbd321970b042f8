import type { ReactNode } from 'react';
import { styled } from '@mui/material/styles';
import type { RemixiconComponentType } from '@remixicon/react';

/** How urgent a state is; the icon and the words say what it is. */
export type Tone = 'good' | 'caution' | 'bad' | 'busy' | 'quiet';

const Root = styled('span')({
  display: 'inline-flex',
  // The icon stands by the first line of what is longer.
  alignItems: 'flex-start',
  gap: 6,
  '& svg': { flex: 'none' },
});

const Mark = styled('span', {
  shouldForwardProp: prop => prop !== 'tone',
})<{ tone: Tone }>(({ theme, tone }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  height: '1lh',
  color: {
    good: theme.palette.success.main,
    caution: theme.palette.warning.main,
    bad: theme.palette.error.main,
    busy: theme.palette.info.main,
    quiet: theme.palette.text.secondary,
  }[tone],
}));

/** An icon of its own shape with words: colour only underlines them. */
export function StatusMark(props: {
  tone: Tone;
  icon: RemixiconComponentType;
  children: ReactNode;
  title?: string;
}) {
  const Icon = props.icon;
  return (
    <Root title={props.title}>
      <Mark tone={props.tone}>
        <Icon size={16} aria-hidden />
      </Mark>
      <span>{props.children}</span>
    </Root>
  );
}
