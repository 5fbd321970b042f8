const codes = {
  bold: [1, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  gray: [90, 39],
} as const;

/** A style of the terminal. */
export type Style = keyof typeof codes;

/**
 * Text in the terminal's styles. (Node's own function decides by the terminal
 * in newer versions; here `--color` decides.)
 */
export function paint(styles: readonly Style[], text: string): string {
  return styles.reduce((painted, style) => {
    const [on, off] = codes[style];
    return `\u001b[${on}m${painted}\u001b[${off}m`;
  }, text);
}
