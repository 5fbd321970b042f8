import { styled } from '@mui/material/styles';

/** Links amid other words: colour alone does not tell them apart. */
export const linksInText = {
  '& a:not([class*="Button-root"])': {
    textDecoration: 'underline',
    textUnderlineOffset: 3,
    textDecorationThickness: 1,
  },
};

/** What stands in a section, with the distances of one. */
export const Body = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(1.25),
  padding: theme.spacing(1.5, 2),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& p': { margin: 0 },
  '& ul': {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    display: 'grid',
    gap: 4,
  },
  '& h3': {
    margin: 0,
    fontSize: '0.8125rem',
    fontWeight: 500,
    color: theme.palette.text.secondary,
  },
  '& small': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& code': { fontSize: '0.8125rem', overflowWrap: 'anywhere' },
  ...linksInText,
}));

/** Text as it was written, scrolling by itself where it is long. */
export const Pre = styled('pre')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(1, 1.25),
  maxHeight: '28rem',
  overflow: 'auto',
  borderRadius: 6,
  fontSize: '0.8125rem',
  lineHeight: 1.45,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  background: theme.palette.background.default,
  border: `1px solid ${theme.palette.divider}`,
}));
