import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPaths } from '@backstage/cli-common';
import ts from 'typescript';

// eslint-disable-next-line no-restricted-syntax -- a test runs from its source
const { ownRoot } = findPaths(__dirname);

/** Every key that a config.d.ts declares below `causeway`, as a dotted path. */
function declaredKeys(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ownRoot, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const keys: string[] = [];
  const visit = (node: ts.Node, path: string[]) => {
    if (ts.isPropertySignature(node) && ts.isIdentifier(node.name)) {
      const here = [...path, node.name.text];
      keys.push(here.join('.'));
      if (node.type) visit(node.type, here);
    } else {
      ts.forEachChild(node, child => visit(child, path));
    }
  };
  ts.forEachChild(source, child => visit(child, []));
  return keys;
}

describe('docs/operations/configuration.md', () => {
  const page = readFileSync(
    join(ownRoot, 'docs/operations/configuration.md'),
    'utf8',
  );

  it.each([
    'plugins/causeway-backend/config.d.ts',
    'plugins/catalog-backend-module-causeway/config.d.ts',
  ])('names every key of %s', file => {
    const keys = declaredKeys(file);
    expect(keys.length).toBeGreaterThan(5);
    const undocumented = keys
      .map(key => key.split('.').at(-1)!)
      .filter(key => !new RegExp(`\\b${key}\\b`).test(page));
    expect(undocumented).toEqual([]);
  });
});
