import { policyDocument } from '@causeway/backstage-plugin-causeway-common/policy';
import type { JsonObject } from '@backstage/types';
import type { Person } from '../votes/quorum';
import { findPolicyFaults } from './findPolicyFaults';

const groups: Record<string, string[]> = {
  'group:default/security': ['sara'],
  'group:default/platform': ['sara', 'pete'],
};

const membership = {
  members: async (wanted: readonly string[]): Promise<Person[]> =>
    ['sara', 'pete'].flatMap(name => {
      const own = Object.keys(groups).filter(one => groups[one].includes(name));
      return own.some(group => wanted.includes(group))
        ? [{ ref: `user:default/${name}`, identity: name, groups: own }]
        : [];
    }),
};

const find = (spec: JsonObject) =>
  findPolicyFaults(
    { membership, operations: ['scale-workload'] },
    policyDocument.parse({
      apiVersion: 'causeway.dev/v1',
      kind: 'Policy',
      metadata: { name: 'test' },
      spec,
    }),
  );

const tier = (approval: JsonObject, more: JsonObject = {}) => ({
  riskTiers: [
    {
      name: 'all',
      title: 'All',
      level: 'critical',
      match: 'true',
      approval,
      ...more,
    },
  ],
});

const security = { group: 'group:default/security', count: 1 };

it.each<[string, JsonObject]>([
  ['nothing', {}],
  ['the owners', tier({ approvers: ['owner'], count: 2 })],
  [
    'people that there are',
    tier({
      approvers: ['group:default/platform'],
      count: 2,
      required: [security],
    }),
  ],
  [
    'an operation that there is, and all',
    tier({}, { autonomous: ['*', 'scale-workload'] }),
  ],
])('finds no fault in a policy that names %s', async (_, spec) => {
  expect(await find(spec)).toEqual([]);
});

it.each<[string, JsonObject, RegExp[]]>([
  [
    'an operation that there is not, in a freeze',
    {
      freezes: [
        {
          name: 'quarter-end',
          from: '2026-12-28T00:00:00Z',
          reason: 'Books close',
          operations: ['scale-worklod', 'scale-workload'],
        },
      ],
    },
    [/^freezes\/quarter-end: there is no operation 'scale-worklod'/],
  ],
  [
    'more approvals than there are people',
    tier({ approvers: ['group:default/platform'], count: 3 }),
    [/^riskTiers\/all: nobody can approve it: 1 more than there are$/],
  ],
  [
    'one person in two slots',
    tier({
      approvers: ['group:default/security'],
      count: 2,
      required: [security],
    }),
    [/nobody can approve it: 1 more/],
  ],
  [
    'a group that nobody belongs to',
    tier({
      approvers: ['owner'],
      required: [{ group: 'group:default/gone', count: 1 }],
    }),
    [
      /group:default\/gone has no members, is not in the catalog, or comes from a place/,
      /nobody can approve it: 1 more, 1 from gone/,
    ],
  ],
  [
    'a fallback that nobody belongs to',
    tier({ approvers: ['owner'], fallback: ['group:default/gone'] }),
    [/group:default\/gone has no members/],
  ],
  [
    'proof of presence',
    tier({ approvers: ['owner'], presence: true }),
    [/asks for proof of presence/],
  ],
  [
    'operations that there are not',
    {
      ...tier({}, { autonomous: ['scale-workloads'] }),
      decisions: [{ name: 'own', operations: ['drain-queue'], tier: 2 }],
    },
    [
      /^riskTiers\/all: there is no operation 'scale-workloads'/,
      /^decisions\/own: there is no operation 'drain-queue'/,
    ],
  ],
])('tells of a policy that asks for %s', async (_, spec, expected) => {
  const faults = await find(spec);
  expect(faults).toHaveLength(expected.length);
  expected.forEach((pattern, at) => expect(faults[at]).toMatch(pattern));
});
