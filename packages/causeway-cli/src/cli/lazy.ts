/**
 * The exports of a module that is loaded when it is needed. Where the sources
 * run as they are, `import()` gives CommonJS exports as a default export.
 */
export async function lazy<T extends object>(loading: Promise<T>): Promise<T> {
  const loaded = await loading;
  const keys = Object.keys(loaded);
  return keys.length === 1 && keys[0] === 'default'
    ? (loaded as { default: T }).default
    : loaded;
}
