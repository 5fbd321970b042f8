/** Name of the parameter that says where one came from. */
const parameter = 'from';

const chooser = '/persona';

/** Way to the chooser from a page, which leads back to that page. */
export function toChooser(page: Pick<Location, 'pathname' | 'search'>): string {
  const { pathname, search } = page;
  return pathname === chooser
    ? `${chooser}${search}`
    : `${chooser}?${new URLSearchParams({ [parameter]: pathname + search })}`;
}

/**
 * The page that one came from: a path of this portal and nothing else, since
 * whoever wrote the link chose it. The front page where there is none.
 */
export function readBackTo(search: string, origin: string): string {
  const from = new URLSearchParams(search).get(parameter) ?? '';
  // As a browser reads it: `//host`, `/\host` and `https:` lead elsewhere.
  if (!from.startsWith('/') || !URL.canParse(from, origin)) {
    return '/';
  }
  const url = new URL(from, origin);
  return url.origin === origin && url.pathname !== chooser
    ? url.pathname + url.search
    : '/';
}
