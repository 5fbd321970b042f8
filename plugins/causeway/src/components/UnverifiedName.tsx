import { styled } from '@mui/material/styles';
import { RiQuestionLine } from '@remixicon/react';
import { PlainText } from './PlainText';
import { useTexts } from './useTexts';

const Root = styled('span')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: 4,
  minWidth: 0,
  // Whatever the name is, it cannot push the mark out of sight.
  '& .mark': {
    flex: 'none',
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
  },
  '& .mark svg': { color: theme.palette.warning.main, flex: 'none' },
  '& .name': { minWidth: 0, overflowWrap: 'anywhere' },
  '&[data-short] .name': {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
}));

/** What an agent calls itself: that nobody checked it comes first, then the name. */
export function UnverifiedName(props: {
  name: string;
  /** One line; a long name is cut. */
  short?: boolean;
}) {
  const { t } = useTexts();
  return (
    <Root data-short={props.short || undefined}>
      <span className="mark" title={t('request.unverifiedWhy')}>
        <RiQuestionLine size={14} aria-hidden />
        {t('gate.unverified')}:
      </span>{' '}
      <span className="name" title={props.short ? props.name : undefined}>
        “<PlainText text={props.name} />”
      </span>
    </Root>
  );
}
