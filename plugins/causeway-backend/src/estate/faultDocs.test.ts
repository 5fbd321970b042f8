import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderMatrix } from './__testUtils__/faults/renderMatrix';

/** Without what a formatter adds. */
const plain = (text: string) =>
  text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

it('shows the fault matrix as the tests run it', () => {
  const page = readFileSync(
    resolve(__dirname, '../../../../docs/estate/faults.md'),
    'utf8',
  );
  expect(plain(page)).toContain(plain(renderMatrix()));
});
