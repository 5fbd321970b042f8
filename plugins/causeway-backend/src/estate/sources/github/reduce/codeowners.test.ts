import { parseCodeowners } from './codeowners';

describe('parseCodeowners', () => {
  it('keeps rules in order, without comments and mail addresses', () => {
    expect(
      parseCodeowners(
        [
          '# owners',
          '*  @meridian/payments @jo someone@example.com # all of it',
          '',
          '/docs/ @meridian/platform',
          'a\\ file.md @meridian/payments',
          '/generated/',
        ].join('\r\n'),
      ),
    ).toEqual([
      { pattern: '*', owners: ['@meridian/payments', '@jo'] },
      { pattern: '/docs/', owners: ['@meridian/platform'] },
      { pattern: 'a\\ file.md', owners: ['@meridian/payments'] },
      { pattern: '/generated/', owners: [] },
    ]);
  });

  it('stops at two hundred rules', () => {
    expect(parseCodeowners('x @a\n'.repeat(500))).toHaveLength(200);
  });
});
