import { visiblePieces, visibleText } from './visibleText';

describe('visibleText', () => {
  it('shows what one would not see, and what turns others around', () => {
    expect(visibleText('pay\u202Eipa\u200B now\u0007')).toBe(
      'pay[U+202E]ipa[U+200B] now[U+0007]',
    );
    expect(visibleText('\u{E0041}\uFEFF\u2066\u00AD')).toBe(
      '[U+E0041][U+FEFF][U+2066][U+00AD]',
    );
  });

  it('leaves lines, tabs and every script alone', () => {
    const text = 'Zeile\n\tשלום, 世界, café';
    expect(visibleText(text)).toBe(text);
  });

  it('shows a lone surrogate instead of failing', () => {
    expect(visibleText('a\uD800b')).toBe('a[U+D800]b');
  });
});

describe('visiblePieces', () => {
  const links = (text: string) =>
    visiblePieces(text, { links: true }).filter(({ kind }) => kind === 'link');

  it('links http and https only, with the host that they lead to', () => {
    expect(
      links('see https://grafana.example/d/1. Then http://a.example)'),
    ).toEqual([
      {
        kind: 'link',
        text: 'https://grafana.example/d/1',
        href: 'https://grafana.example/d/1',
        host: 'grafana.example',
      },
      {
        kind: 'link',
        text: 'http://a.example',
        href: 'http://a.example/',
        host: 'a.example',
      },
    ]);
  });

  it.each([
    // eslint-disable-next-line no-script-url
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'https://trusted.example@evil.example/',
    'https://evil.example/\u202Etxt.exe',
    'vbscript:x file:///etc/passwd',
    'https://',
  ])('does not link %s', text => {
    expect(links(text)).toEqual([]);
  });

  it('writes a host the way the browser reads it', () => {
    expect(links('https://gіthub.com/x')).toMatchObject([
      { host: expect.stringMatching(/^xn--/) },
    ]);
  });

  it('loses nothing of the text', () => {
    const text = 'a https://b.example/c?d=e#f, and g\u200Bh';
    const joined = visiblePieces(text, { links: true })
      .map(piece => (piece.kind === 'invisible' ? '\u200B' : piece.text))
      .join('');
    expect(joined).toBe(text);
  });
});
