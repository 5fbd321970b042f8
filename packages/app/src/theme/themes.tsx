import type { ReactNode } from 'react';
import {
  createUnifiedTheme,
  genPageTheme,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import { components } from './components';
import { darkPalette, lightPalette } from './palette';

const fontFamily =
  "'Inter', system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";

const heading = { fontWeight: 600 };

const typography = {
  htmlFontSize: 16,
  fontFamily,
  h1: { ...heading, fontSize: 32, marginBottom: 10 },
  h2: { ...heading, fontSize: 26, marginBottom: 8 },
  h3: { ...heading, fontSize: 21, marginBottom: 6 },
  h4: { ...heading, fontSize: 18, marginBottom: 6 },
  h5: { ...heading, fontSize: 16, marginBottom: 4 },
  h6: { ...heading, fontSize: 14, marginBottom: 4 },
};

const plainHeader = genPageTheme({
  colors: ['#12222c', '#12222c'],
  shape: 'none',
});

const light = createUnifiedTheme({
  palette: lightPalette,
  fontFamily,
  typography,
  components,
  defaultPageTheme: 'home',
  pageTheme: { home: plainHeader },
});

const dark = createUnifiedTheme({
  palette: darkPalette,
  fontFamily,
  typography,
  components,
  defaultPageTheme: 'home',
  pageTheme: { home: plainHeader },
});

export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }: { children: ReactNode }) => (
        <UnifiedThemeProvider theme={light}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }: { children: ReactNode }) => (
        <UnifiedThemeProvider theme={dark}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});
