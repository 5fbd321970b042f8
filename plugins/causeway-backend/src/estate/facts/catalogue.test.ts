import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactDefinition } from '@causeway/backstage-plugin-causeway-common';
import { findPaths } from '@backstage/cli-common';
import { factCatalogue } from './catalogue';

// eslint-disable-next-line no-restricted-syntax -- a test runs from its source
const { ownRoot } = findPaths(__dirname);
const page = readFileSync(join(ownRoot, 'docs/estate/facts.md'), 'utf8');

/** The row of a fact as the page has it, white space aside. */
function toRow({
  name,
  type,
  unit,
  subjects,
  notFor,
  absence,
  description,
}: FactDefinition): string {
  const of = subjects.includes('*') ? 'anything' : subjects.join(', ');
  const but = notFor ? `, but ${notFor.join(' and ')}` : '';
  return `| \`${name}\` | ${type}${unit ? `, ${unit}` : ''} | ${of}${but} | ${description} | ${absence} |`;
}

describe('docs/estate/facts.md', () => {
  const rows = page
    .slice(page.indexOf('## All facts'))
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.replace(/ +/g, ' ').trim());

  it('tells of every fact what the catalogue does, and of no other', () => {
    expect([...rows].sort()).toEqual(factCatalogue.map(toRow).sort());
  });
});
