type QueryValue = string | number | boolean | readonly (string | number)[];

/** `?a=1&b=x,y` of what is set: lists comma separated, nothing for what is empty or false. */
export function queryString(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [
    string,
    QueryValue | undefined,
  ][]) {
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (text !== '' && value !== false) {
      search.set(name, text);
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
