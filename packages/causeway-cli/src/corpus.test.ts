import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './rules';
import { FileTree, validateTree } from './testUtils';

const folder = join(__dirname, '..', 'corpus');

interface Case {
  title: string;
  good: boolean;
  args: string[];
  files: FileTree;
  /** `file:line rule`. */
  expected: string[];
}

function readCases(rule: string): Case[] {
  const text = readFileSync(join(folder, `${rule}.cases`), 'utf8');
  return text
    .split(/^== /m)
    .slice(1)
    .map(part => {
      const [head, ...lines] = part.split('\n');
      const match = /^(good|bad)(?: \[([^\]]*)\])?: (.+)$/.exec(head)!;
      const found: Case = {
        title: head,
        good: match[1] === 'good',
        args: match[2]?.split(' ') ?? [],
        files: {},
        expected: [],
      };
      let file = 'catalog-info.yaml';
      let content: string[] = [];
      const close = () => {
        if (content.some(line => line !== '')) {
          found.files[file] = `${content.join('\n').trimEnd()}\n`;
        }
        content = [];
      };
      for (const line of lines) {
        if (line.startsWith('@@ ')) {
          close();
          file = line.slice(3);
          continue;
        }
        const [plain, labels] = line.split(' #! ');
        content.push(labels === undefined ? line : plain);
        for (const label of labels?.split(' ') ?? []) {
          found.expected.push(`${file}:${content.length} ${label}`);
        }
      }
      close();
      return found;
    });
}

const corpus = rules
  .filter(({ id }) => readdirSync(folder).includes(`${id}.cases`))
  .map(({ id }) => ({ id, cases: readCases(id) }));

describe('corpus', () => {
  describe.each(corpus)('$id', ({ id, cases }) => {
    it.each(cases)('$title', async ({ files, args, expected, good }) => {
      const named = Object.keys(files).filter(
        path => path.endsWith('.json') && path.startsWith('catalog-info'),
      );
      const { findings, stderr } = await validateTree(files, [
        ...args,
        ...named,
      ]);
      expect(stderr).toBe('');
      const found = findings
        .filter(
          ({ rule }) =>
            rule !== 'reference-unjudged' || id === 'reference-unjudged',
        )
        .map(({ file, place, rule }) => `${file}:${place.line} ${rule}`);
      expect(found.sort()).toEqual([...expected].sort());
      expect(expected.length === 0).toBe(good);
    });
  });

  it('has good and bad cases for every rule, at least 150 in all', () => {
    // Cases of these need bytes or rights that text cannot show: files.test.ts.
    const elsewhere = ['file-unreadable', 'file-too-large'];
    const goodOnly = ['file-encoding'];
    const lacking = rules
      .map(({ id }) => id)
      .filter(id => !elsewhere.includes(id))
      .filter(id => {
        const cases = corpus.find(one => one.id === id)?.cases ?? [];
        const hits = cases.some(({ expected }) =>
          expected.some(one => one.endsWith(` ${id}`)),
        );
        return (
          !cases.some(({ good }) => good) || !(hits || goodOnly.includes(id))
        );
      });
    expect(lacking).toEqual([]);
    const all = corpus.flatMap(({ cases }) => cases);
    expect(all.length).toBeGreaterThanOrEqual(150);
  });
});
