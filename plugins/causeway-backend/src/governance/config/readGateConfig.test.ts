import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readGateConfig } from './readGateConfig';

const read = (gate?: JsonObject) =>
  readGateConfig(new ConfigReader(gate ? { causeway: { gate } } : {}));

const subject = {
  subject: 'external:scaler',
  name: 'scaler',
  operations: ['scale-workload'],
  environments: ['staging'],
  accountable: 'group:default/Platform',
};

it('names nobody where there is no configuration', () => {
  expect(read()).toEqual({
    auditors: [],
    erasers: [],
    halters: [],
    reconcilers: [],
    peopleFrom: [],
    subjects: [],
    agents: [],
    trustedOperations: [],
    actions: [],
  });
});

it('reads references in their full form and lower case', () => {
  expect(
    read({
      auditors: ['Audit'],
      erasers: ['group:default/Privacy'],
      halters: ['group:default/on-call'],
      reconcilers: ['group:ops/SRE'],
      peopleFrom: ['ldap://ldap.example.com/*'],
      subjects: [subject],
      agents: [
        {
          key: 'user:default/Ada via plugin:mcp-actions',
          operations: ['scale-workload'],
          environments: ['staging'],
          accountable: 'user:default/grace',
        },
      ],
      trustedOperations: ['rotate-certificate'],
      actions: ['scale-workload'],
    }),
  ).toEqual({
    auditors: ['group:default/audit'],
    erasers: ['group:default/privacy'],
    halters: ['group:default/on-call'],
    reconcilers: ['group:ops/sre'],
    peopleFrom: ['ldap://ldap.example.com/*'],
    subjects: [{ ...subject, accountable: 'group:default/platform' }],
    agents: [
      {
        key: 'user:default/ada via plugin:mcp-actions',
        operations: ['scale-workload'],
        environments: ['staging'],
        accountable: 'user:default/grace',
      },
    ],
    trustedOperations: ['rotate-certificate'],
    actions: ['scale-workload'],
  });
});

it.each<[JsonObject, RegExp]>([
  [{ auditors: 'security' }, /causeway\.gate\.auditors must be a list/],
  [{ halters: [''] }, /causeway\.gate\.halters must be a list of texts/],
  [
    { reconcilers: ['user:default/ada'] },
    /reconcilers\[0\] must be the reference of a Group.*'user:default\/ada'/,
  ],
  [{ peopleFrom: ['*'] }, /peopleFrom\[0\] must be a location/],
  [{ peopleFrom: ['url:*'] }, /peopleFrom\[0\] must be a location/],
  [{ subjects: { scaler: {} } }, /subjects must be a list of objects/],
  [
    { subjects: [{ ...subject, subject: 'plugin:catalog' }] },
    /subjects\[0\]\.subject .* a plugin never asks for itself/,
  ],
  [{ subjects: [{ ...subject, name: 'Scaler' }] }, /subjects\[0\]\.name/],
  [
    { subjects: [{ ...subject, operations: [] }] },
    /subjects\[0\]\.operations must be at least one operation/,
  ],
  [
    { subjects: [{ ...subject, environments: undefined }] },
    /subjects\[0\]\.environments must be at least one/,
  ],
  [
    { subjects: [{ ...subject, accountable: 'component:default/a' }] },
    /subjects\[0\]\.accountable must be the reference of a Group or User/,
  ],
  [
    { subjects: [subject, { ...subject, name: 'other' }] },
    /subjects\[\]\.subject must be unique/,
  ],
  [
    { subjects: [subject, { ...subject, subject: 'external:b' }] },
    /subjects\[\]\.name must be unique/,
  ],
  [{ agents: [{ ...subject, key: 'ada' }] }, /agents\[0\]\.key must be/],
  [{ actions: ['Scale Workload'] }, /actions must be names of operations/],
  [
    { trustedOperations: ['Rotate'] },
    /trustedOperations must be names of operations/,
  ],
  [
    { actions: ['scale-workload', 'scale-workload'] },
    /actions must be unique: two operations are the same/,
  ],
])('refuses %j with the key and what was expected', (gate, message) => {
  expect(() => read(gate)).toThrow(message);
});
