/** An answer for programs. */
export const toJson = (value: unknown) =>
  `${JSON.stringify(value, undefined, 2)}\n`;
