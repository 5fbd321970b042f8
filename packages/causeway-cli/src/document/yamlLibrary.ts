/**
 * The full YAML parser. It is loaded when it is first needed, because most files
 * are plain enough for `parseSimple` and loading takes 45 ms.
 */
export function yamlLibrary(): typeof import('yaml') {
  return require('yaml');
}
