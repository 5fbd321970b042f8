import { InputError } from '@backstage/errors';
import { yamlLibrary } from './yamlLibrary';

/** Parses a file of data in YAML or JSON with the same bounds as catalog files. Says where it is wrong. */
export function parseData(text: string, path: string): unknown {
  try {
    const document = yamlLibrary().parseDocument(text, {
      merge: false,
      uniqueKeys: text.length < 1_000_000,
      logLevel: 'error',
    });
    if (document.errors.length > 0) {
      throw new InputError(document.errors[0].message.split('\n')[0]);
    }
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(
      `${path} cannot be parsed: ${error instanceof Error ? error.message : error}`,
    );
  }
}
