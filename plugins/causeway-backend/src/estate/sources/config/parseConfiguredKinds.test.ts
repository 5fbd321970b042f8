import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { parseConfiguredKinds } from './parseConfiguredKinds';

const parse = (...kinds: JsonObject[]) =>
  parseConfiguredKinds(
    new ConfigReader({ causeway: { estate: { kinds } } }),
    new Set(['deployments.apps']),
  );

const flags = { group: 'flags.example.org', resource: 'featureflags' };

describe('parseConfiguredKinds', () => {
  it('reads a kind with defaults, and all that may be said of one', () => {
    const full = {
      ...flags,
      version: 'v1alpha1',
      namespaced: false,
      type: 'feature-flag',
      title: 'Feature flag',
      owner: 'payments',
      conditions: false,
      fields: { stage: 'spec.rollout.stage' },
      relations: [
        {
          type: 'dependsOn',
          path: 'spec.workloadRef',
          kind: 'Deployment',
          group: 'apps',
        },
      ],
    };
    expect(
      parse(full, { group: '', resource: 'persistentvolumeclaims' }),
    ).toEqual([
      { ...full, owner: 'group:default/payments' },
      {
        group: '',
        resource: 'persistentvolumeclaims',
        namespaced: true,
        conditions: true,
        fields: {},
        relations: [],
      },
    ]);
    expect(parseConfiguredKinds(new ConfigReader({}), new Set())).toEqual([]);
  });

  it.each<[JsonObject, RegExp]>([
    [{ resource: 'a' }, /kinds\[0\]\.group is missing/],
    [{ group: 'a.example.org' }, /kinds\[0\]\.resource is missing/],
    [{ ...flags, group: 'NO' }, /kinds\[0\]\.group must be an API group/],
    [{ ...flags, resource: 'a/b' }, /kinds\[0\]\.resource must be the plural/],
    [
      { group: '', resource: 'secrets' },
      /kinds\[0\]\.resource must not be 'secrets': what may hold secrets is never read/,
    ],
    [{ group: '', resource: 'configmaps' }, /must not be 'configmaps'/],
    [{ group: 'apps', resource: 'deployments' }, /by Causeway itself already/],
    [{ ...flags, type: 'Not A Type' }, /kinds\[0\]\.type must be words/],
    [
      { ...flags, owner: 'group:default/' },
      /kinds\[0\]\.owner must be the name/,
    ],
    [
      { ...flags, fields: { a: 'metadata.annotations.token' } },
      /kinds\[0\]\.fields\.a must be a path below spec or status/,
    ],
    [
      { ...flags, fields: { a: 'spec' } },
      /kinds\[0\]\.fields\.a must be a path/,
    ],
    [{ ...flags, fields: { 'a-b': 'spec.a' } }, /kinds\[0\]\.fields: 'a-b'/],
    [
      { ...flags, relations: [{ type: 'ownedBy', path: 'spec.team' }] },
      /kinds\[0\]\.relations\[0\]\.type must be one of partOf, /,
    ],
    [
      { ...flags, relations: [{ type: 'uses', path: 'a.b' }] },
      /kinds\[0\]\.relations\[0\]\.path must be a path/,
    ],
    [{ ...flags, namespaced: 'maybe' }, /kinds\[0\]\.namespaced/],
  ])('names the key of what is wrong: %j', (kind, message) => {
    expect(() => parse(kind)).toThrow(message);
  });

  it('refuses a kind that stands there twice', () => {
    expect(() => parse(flags, flags)).toThrow(
      /kinds\[1\]: featureflags\.flags\.example\.org is read by causeway\.estate\.kinds\[0\]/,
    );
  });
});
