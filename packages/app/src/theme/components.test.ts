import { createUnifiedTheme } from '@backstage/theme';
import { components } from './components';
import { lightPalette } from './palette';

// Backstage's own tables are made of Material UI 4, which takes its overrides in a
// form of its own. What they look like is measured by the browser tests.
it('breaks no word in a table, and leaves the rest of its look to Backstage', () => {
  const theme = createUnifiedTheme({ palette: lightPalette, components });
  const { overrides } = theme.getTheme('v4') as unknown as {
    overrides: { MuiTableCell: Record<string, object> };
  };
  expect(overrides.MuiTableCell).toMatchObject({
    root: { verticalAlign: 'middle' },
    head: { fontWeight: 'normal' },
    body: { wordBreak: 'normal' },
  });
});
