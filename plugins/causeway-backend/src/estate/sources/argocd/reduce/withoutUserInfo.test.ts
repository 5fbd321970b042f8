import { withoutUserInfo } from './withoutUserInfo';

describe('withoutUserInfo', () => {
  it.each([
    [
      'https://github.com/meridian/deployments',
      'https://github.com/meridian/deployments',
    ],
    [
      'https://github.com/meridian/deployments.git',
      'https://github.com/meridian/deployments.git',
    ],
    ['https://token@github.com/a/b', 'https://github.com/a/b'],
    [
      'https://user:token@github.com/a/b?x=token#token',
      'https://github.com/a/b',
    ],
    ['ssh://git@github.com/a/b', 'ssh://git@github.com/a/b'],
    ['ssh://git:token@github.com/a/b', 'ssh://git@github.com/a/b'],
    ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
    ['user:token@host/a', undefined],
    ['https://user:to ken@/', undefined],
    ['*', '*'],
    ['ghcr.io/meridian/charts', 'ghcr.io/meridian/charts'],
    ['https://kubernetes.default.svc', 'https://kubernetes.default.svc'],
  ])('%s', (value, expected) => {
    expect(withoutUserInfo(value)).toBe(expected);
  });
});
