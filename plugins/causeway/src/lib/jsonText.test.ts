import { outline } from './jsonText';

describe('outline', () => {
  it('reads like YAML', () => {
    expect(
      outline({
        name: 'core',
        limits: [{ perHour: 5, action: 'hard' }, 'x'],
        empty: {},
        none: [],
        on: true,
      }),
    ).toBe(
      [
        'name: core',
        'limits:',
        '  - perHour: 5',
        '    action: hard',
        '  - x',
        'empty: {}',
        'none: []',
        'on: true',
      ].join('\n'),
    );
  });

  it('quotes what would read as something else', () => {
    expect(
      outline({ a: 'true', b: '12', c: 'x: y', d: '', e: 'two\nlines' }),
    ).toBe('a: "true"\nb: "12"\nc: "x: y"\nd: ""\ne: "two\\nlines"');
  });
});
