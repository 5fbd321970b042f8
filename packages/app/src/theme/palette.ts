import { palettes } from '@backstage/theme';

/** The raised road: ink below, amber marking, water on both sides. */
const brand = {
  ink: '#12222c',
  night: '#0b1116',
  amber: '#f2b544',
  water: '#0a6174',
  waterAtNight: '#63c5d6',
};

const navigation = {
  indicator: brand.amber,
  color: '#b9c7d0',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#22363f' },
  submenu: { background: '#1b2f3a' },
};

/** Colours of text and icons on the light surfaces reach 4.5 to 1. */
export const lightPalette = {
  ...palettes.light,
  primary: { main: brand.water },
  secondary: { main: '#8a5a00' },
  success: { main: '#18774a' },
  warning: { main: '#935800' },
  error: { main: '#b92d26' },
  info: { main: '#1c5fae' },
  background: { default: '#f4f6f7', paper: '#ffffff' },
  text: { primary: '#14202b', secondary: '#55636f' },
  divider: '#dfe4e8',
  border: '#dfe4e8',
  textSubtle: '#55636f',
  link: brand.water,
  linkHover: '#08495a',
  navigation: { ...navigation, background: brand.ink },
  status: {
    ...palettes.light.status,
    ok: '#18774a',
    warning: '#935800',
    error: '#b92d26',
    running: '#1c5fae',
  },
};

/** The same for the dark surfaces. */
export const darkPalette = {
  ...palettes.dark,
  primary: { main: brand.waterAtNight },
  secondary: { main: brand.amber },
  success: { main: '#5ccb93' },
  warning: { main: '#f0b64a' },
  error: { main: '#ff8f86' },
  info: { main: '#84b9ff' },
  background: { default: '#10171d', paper: '#18222a' },
  text: { primary: '#e8eef2', secondary: '#a2b1bc' },
  // Material's own is so bright that secondary text on it falls short.
  action: { selected: 'rgba(99, 197, 214, 0.12)' },
  divider: '#31404b',
  border: '#31404b',
  textSubtle: '#a2b1bc',
  link: brand.waterAtNight,
  linkHover: '#93dbe7',
  navigation: { ...navigation, background: brand.night },
  status: {
    ...palettes.dark.status,
    ok: '#5ccb93',
    warning: '#f0b64a',
    error: '#ff8f86',
    running: '#84b9ff',
  },
};
