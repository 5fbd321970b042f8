import { ConfigReader } from '@backstage/config';
import { parseGithubCredentials } from './parseGithubCredentials';

const parse = (config: object) =>
  parseGithubCredentials(new ConfigReader(config as never), 'here');

describe('parseGithubCredentials', () => {
  it('grants nothing that is not said', () => {
    expect(parse({ token: 'x' })).toEqual({
      type: 'token',
      token: 'x',
      repositories: [],
    });
    expect(
      parse({
        app: { appId: 7, privateKey: 'key' },
        repositories: [
          { repository: 'Deployments', paths: ['/apps/', '/'] },
          { repository: 'api', workflows: ['deploy.yaml'] },
        ],
      }),
    ).toEqual({
      type: 'app',
      appId: 7,
      privateKey: 'key',
      repositories: [
        { repository: 'deployments', paths: ['apps', ''], workflows: [] },
        { repository: 'api', paths: [], workflows: ['deploy.yaml'] },
      ],
    });
  });

  it.each([
    [{}, /^here: exactly one of token and app/],
    [
      { token: 'x', app: { appId: 7, privateKey: 'key' } },
      /^here: exactly one of token and app/,
    ],
    [
      { repositories: [{ repository: 'meridian/api' }] },
      /here.repositories\[0\].repository must be a name/,
    ],
    [
      { repositories: [{ repository: 'api' }, { repository: 'API' }] },
      /here.repositories: api stands there twice/,
    ],
    [
      { repositories: [{ repository: 'api', paths: ['apps/../..'] }] },
      /here.repositories\[0\].paths must be folders/,
    ],
    [
      { repositories: [{ repository: 'api', workflows: ['a/b.yaml'] }] },
      /here.repositories\[0\].workflows must be names of files/,
    ],
  ])('names what is wrong with %j', (config, message) => {
    const whole = 'repositories' in config ? { token: 'x', ...config } : config;
    expect(() => parse(whole)).toThrow(message);
  });
});
