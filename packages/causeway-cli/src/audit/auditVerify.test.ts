import {
  endLine,
  entryLine,
  exportFormat,
  genesisHash,
  hashEntry,
  hashText,
  headerLine,
  textLine,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { runCli, withFiles } from '../testUtils';

const at = 1_900_000_000_000;

/** An export of three entries; the second has a text beside it. */
function exportText(options: { filtered?: boolean; erased?: boolean } = {}) {
  const { filtered = false, erased = false } = options;
  const lines: string[] = [];
  let previous = genesisHash;
  for (let seq = 1; seq <= 3; seq += 1) {
    const texts =
      seq === 2 ? `"texts":{"reason":"${hashText('aabb', 'größer')}"},` : '';
    const canonical = `{"action":"Submitted","at":${at + seq},"by":"user:default/ada","detail":{"state":"pending"},"seq":${seq},${texts}"type":"request"}`;
    const hash = hashEntry(previous, canonical);
    lines.push(entryLine({ hash, previous, canonical }));
    if (seq === 2 && !erased) {
      lines.push(
        textLine({ seq, field: 'reason', salt: 'aabb', text: 'größer' }),
      );
    }
    previous = hash;
  }
  const head = { seq: 3, hash: previous };
  const header = headerLine({
    format: exportFormat,
    filtered,
    filter: filtered ? { by: 'user:default/ada' } : {},
    at,
    head,
  });
  return { text: `${header}${lines.join('')}${endLine({ entries: 3 })}`, head };
}

const whole = exportText();

function verify(
  files: Record<string, string | Uint8Array>,
  args: string[],
  options: { stdin?: string | Uint8Array; env?: Record<string, string> } = {},
) {
  return withFiles(files, cwd =>
    runCli(['audit', 'verify', ...args], { cwd, ...options }),
  );
}

describe('causeway audit verify', () => {
  it('says of a whole export that it is whole, and where it ends', async () => {
    const anchor = `3:${whole.head.hash}`;
    expect(
      await verify({ 'trail.jsonl': whole.text }, ['trail.jsonl']),
    ).toEqual({
      code: 0,
      stdout: [
        '✓ Whole: 3 entries',
        `  It ends with ${anchor}`,
        '  Nothing outside vouches for it since 2030-03-17T17:46:40.001Z: keep that line elsewhere, for --anchor',
        '',
      ].join('\n'),
      stderr: '',
    });
    const anchored = await verify({}, ['-', '--anchor', anchor], {
      stdin: whole.text,
    });
    expect(anchored).toMatchObject({ code: 0, stderr: '' });
    expect(anchored.stdout).not.toContain('Nothing outside');
  });

  it('tells programs the same', async () => {
    const { code, stdout } = await verify({}, ['-', '--json'], {
      stdin: exportText({ erased: true }).text,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      whole: true,
      entries: 3,
      filtered: false,
      filter: {},
      head: whole.head,
      unanchoredSince: at + 1,
      textsMissing: 1,
    });
  });

  it('names the first entry that does not fit', async () => {
    const bent = whole.text.replace('größer', 'kleiner');
    expect(await verify({}, ['-'], { stdin: bent })).toEqual({
      code: 1,
      stdout:
        '✗ Broken at entry 2 (line 4): the text "reason" of the entry was changed\n  2 entries before it fit\n',
      stderr: '',
    });
    const other = `3:${'0'.repeat(64)}`;
    expect(
      await verify({}, ['-', '--anchor', other], { stdin: whole.text }),
    ).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('written down elsewhere'),
    });
  });

  it('says of a part that it is one', async () => {
    const { code, stdout } = await verify({}, ['-'], {
      stdin: exportText({ filtered: true }).text,
    });
    expect(code).toBe(0);
    expect(stdout).toBe(
      '✓ 3 entries, each as it was written\n  This is a part of the trail (by user:default/ada): nothing says that no other entry is missing\n',
    );
  });

  it('takes bytes that are no UTF-8, blank lines and endless ones for no export', async () => {
    const bytes = Buffer.from(whole.text);
    const invalid = Buffer.from(bytes);
    invalid[invalid.indexOf('ö')] = 0xff;
    const cases = [
      invalid,
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
      Buffer.concat([bytes, Buffer.from('\n')]),
      Buffer.alloc(5 * 1024 * 1024, 0x7b),
      Buffer.from(whole.text.replace(/\n/g, '\r\n')),
      Buffer.from(''),
    ];
    for (const stdin of cases) {
      expect(await verify({}, ['-'], { stdin })).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('✗ Broken'),
      });
    }
    // The last line feed says nothing.
    expect(
      await verify({}, ['-'], { stdin: bytes.subarray(0, -1) }),
    ).toMatchObject({ code: 0 });
  });

  it('tells faults from findings', async () => {
    const cases: [string[], string][] = [
      [[], 'Name one export'],
      [['a', 'b'], 'Name one export'],
      [['a', '--database', 'b'], 'Name one export'],
      [['none.jsonl'], 'none.jsonl: The file is not there'],
      [['.'], 'cannot be read'],
      [['-', '--anchor', '3'], '--anchor takes the number'],
      [['--database', 'none.sqlite'], 'none.sqlite: The file is not there'],
      [['--database', 'text.txt'], 'cannot be read'],
      [['--database', 'empty.sqlite'], 'holds no audit trail of Causeway'],
      [
        ['--database', 'postgresql://u:hunter2@127.0.0.1:9/x'],
        'cannot be read',
      ],
      [['--databse', 'x'], '--database is meant, perhaps'],
    ];
    for (const [args, message] of cases) {
      const result = await verify(
        { 'text.txt': 'no database '.repeat(100), 'empty.sqlite': '' },
        args,
      );
      expect(result).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(message),
      });
      expect(result.stderr).not.toContain('hunter2');
    }
    expect(
      await verify({}, [], { env: { CAUSEWAY_DATABASE: 'none.sqlite' } }),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('none.sqlite'),
    });
  });

  it('says what to install where a driver is missing', async () => {
    jest.doMock('pg', () => {
      throw Object.assign(new Error('gone'), { code: 'MODULE_NOT_FOUND' });
    });
    try {
      expect(
        await verify({}, ['--database', 'postgres://127.0.0.1/x']),
      ).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(
          'needs the package pg, which is not installed: npm install pg',
        ),
      });
    } finally {
      jest.dontMock('pg');
    }
  });

  it('helps', async () => {
    const { code, stdout } = await verify({}, ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('0 whole, 1 broken, 2 it could not be verified');
  });
});
