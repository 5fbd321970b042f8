import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { FakeCatalog } from '../../estate/__testUtils__/startEstate';
import { Membership } from './Membership';
import { createTrustPeople } from './trustPeople';

const organization = 'causeway:github';
const ldap = 'ldap://ldap.example/ou=people';
const theirs = 'url:https://git.example/shop/site/tree/main/catalog-info.yaml';
const portal = 'url:https://git.example/infra/portal/tree/main/org.yaml';

const config = new ConfigReader({
  catalog: {
    locations: [
      {
        type: 'url',
        target: 'https://git.example/infra/portal/blob/main/org.yaml',
      },
      { type: 'file', target: '/portal/org.yaml' },
    ],
  },
  causeway: {
    estate: { claims: { trustedLocations: ['url:https://git.example/*'] } },
  },
});

type Relations = Record<string, string[]>;

function entity(
  kind: 'User' | 'Group',
  name: string,
  relations: Relations,
  location: string,
  origin = location,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    spec: kind === 'User' ? { profile: { email: `${name}@example` } } : {},
    relations: Object.entries(relations).flatMap(([type, refs]) =>
      refs.map(targetRef => ({ type, targetRef })),
    ),
  };
}

const user = (name: string) => `user:default/${name}`;
const group = (name: string) => `group:default/${name}`;

/** Who may approve as `payments`, where the catalog says this. */
async function approvers(entities: Entity[], nested = true) {
  const catalog = new FakeCatalog();
  catalog.entities = entities;
  const membership = new Membership({
    catalog,
    auth: mockServices.auth(),
    nested,
    trusts: createTrustPeople(config, ['ldap://ldap.example/*']),
  });
  const members = (await membership.members([group('payments')])).map(
    ({ ref }) => ref,
  );
  const people = await membership.people(
    entities
      .filter(({ kind }) => kind === 'User')
      .map(({ metadata }) => user(metadata.name)),
  );
  const belong = [...people.values()]
    .filter(({ groups }) => groups.includes(group('payments')))
    .map(({ ref }) => ref);
  // The two ways to ask the same question must not differ.
  expect(members.sort()).toEqual(belong.sort());
  return { members, people };
}

const payments = (members: string[], more: Relations = {}) =>
  entity(
    'Group',
    'payments',
    { hasMember: members.map(user), ...more },
    organization,
  );
const member = (name: string, groups: string[], location: string) =>
  entity('User', name, { memberOf: groups.map(group) }, location);

it.each([
  ['an organization that the estate reads', organization, organization],
  ['a location of the configuration', portal, portal],
  ['a local file of the configuration', 'file:/portal/org.yaml', undefined],
  [
    'a local file that one of them refers to',
    'file:/portal/org/users.yaml',
    'file:/portal/org.yaml',
  ],
  ['a provider that configuration names', ldap, ldap],
])('counts people of %s', async (_, location, origin = location) => {
  const ada = entity(
    'User',
    'ada',
    { memberOf: [group('payments')] },
    location,
    origin,
  );
  expect((await approvers([payments(['ada']), ada])).members).toEqual([
    user('ada'),
  ]);
});

it.each([
  ['a file that somebody registered', theirs, theirs],
  ['a page that the configuration refers to', theirs, portal],
  ['a local file that somebody refers to', 'file:/etc/people.yaml', theirs],
  ['what only calls itself ours', organization, theirs],
  ['something that only says that it came from ours', theirs, organization],
  ['a path that climbs out of a named place', `${ldap}/../evil`, ldap],
  ['nowhere', '', ''],
])('gives a User of %s no group', async (_, location, origin) => {
  const mallory = entity(
    'User',
    'mallory',
    { memberOf: [group('payments')] },
    location,
    origin,
  );
  const { members, people } = await approvers([
    // The relation stands on the group as well: the catalog writes both ends.
    payments(['mallory']),
    mallory,
  ]);
  expect(members).toEqual([]);
  expect(people.get(user('mallory'))).toEqual({
    ref: user('mallory'),
    identity: 'mallory@example',
    groups: [],
  });
});

describe('a Group from elsewhere', () => {
  const ada = member('ada', ['payments', 'gang'], organization);
  const mallory = member('mallory', ['gang'], organization);
  const gang = (relations: Relations) =>
    entity('Group', 'gang', relations, theirs);

  it('brings none of its members into the group that it hangs itself below', async () => {
    const { members } = await approvers([
      payments(['ada'], { parentOf: [group('gang')] }),
      gang({ hasMember: [user('mallory')], childOf: [group('payments')] }),
      ada,
      mallory,
    ]);
    expect(members).toEqual([user('ada')]);
  });

  it('is no way from one trusted group to another', async () => {
    const { members } = await approvers([
      payments(['ada'], { parentOf: [group('gang')] }),
      gang({ childOf: [group('payments')], parentOf: [group('interns')] }),
      entity(
        'Group',
        'interns',
        { hasMember: [user('ian')], childOf: [group('gang')] },
        organization,
      ),
      ada,
      member('ian', ['interns'], organization),
    ]);
    expect(members).toEqual([user('ada')]);
  });

  it('has no members, by whatever name', async () => {
    const { members, people } = await approvers([
      entity('Group', 'payments', { hasMember: [user('ada')] }, theirs),
      ada,
    ]);
    expect(members).toEqual([]);
    expect(people.get(user('ada'))?.groups).toEqual([]);
  });
});

it.each([
  [true, [user('ian')]],
  [false, []],
])('counts members of groups below: %s', async (nested, expected) => {
  const { members } = await approvers(
    [
      payments([], { parentOf: [group('interns')] }),
      entity(
        'Group',
        'interns',
        { hasMember: [user('ian')], childOf: [group('payments')] },
        ldap,
      ),
      member('ian', ['interns'], ldap),
    ],
    nested,
  );
  expect(members).toEqual(expected);
});

it('knows groups that are below each other', async () => {
  const { members } = await approvers([
    payments(['ada'], {
      parentOf: [group('interns')],
      childOf: [group('interns')],
    }),
    entity(
      'Group',
      'interns',
      { parentOf: [group('payments')], childOf: [group('payments')] },
      organization,
    ),
    member('ada', ['payments'], organization),
  ]);
  expect(members).toEqual([user('ada')]);
});
