/**
 * Makes media queries answer as on a screen of this width, in pixels: jsdom
 * has none.
 *
 * @returns the way back
 */
export function setScreenWidth(width: number): () => void {
  const before = window.matchMedia;
  const bound = (query: string, name: string) =>
    Number(new RegExp(`${name}-width:\\s*([\\d.]+)px`).exec(query)?.[1] ?? NaN);
  window.matchMedia = query =>
    ({
      media: query,
      matches: bound(query, 'max') >= width || bound(query, 'min') <= width,
      addListener() {},
      removeListener() {},
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList;
  return () => {
    window.matchMedia = before;
  };
}
