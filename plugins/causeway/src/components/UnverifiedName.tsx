import { styled } from '@mui/material/styles';
import { RiQuestionLine } from '@remixicon/react';
import { visibleText } from '../lib/visibleText';
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
      {props.short ? (
        <span className="name" title={visibleText(props.name)}>
          “<bdi>{visibleText(props.name)}</bdi>”
        </span>
      ) : (
        <span className="name">
          “<PlainText text={props.name} />”
        </span>
      )}
    </Root>
  );
}
