import { defaultComponentThemes } from '@backstage/theme';

const cell = defaultComponentThemes?.MuiTableCell;

/** How Material UI's components differ from Backstage's own theme. */
export const components: NonNullable<typeof defaultComponentThemes> = {
  MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
  MuiAlertTitle: { styleOverrides: { root: { fontWeight: 600 } } },
  MuiToggleButton: { styleOverrides: { root: { textTransform: 'none' } } },
  MuiTab: { styleOverrides: { root: { textTransform: 'none' } } },
  MuiTableCell: {
    ...cell,
    styleOverrides: {
      ...cell?.styleOverrides,
      // Backstage breaks words anywhere, and its columns get narrower than the
      // names in them. Here a column is as wide as its longest word, and a
      // table for which there is no room scrolls.
      body: { wordBreak: 'normal' },
    },
  },
};
