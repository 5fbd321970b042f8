/** Epoch milliseconds of a time as sources write it; `undefined` for anything that is none. */
export function readTime(text: string | undefined): number | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isFinite(time) ? time : undefined;
}
