import { chmodSync, writeFileSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import {
  generateAnchorKeys,
  readPrivateKey,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { readRetention } from '../erasure/readRetention';
import { readAnchorSettings } from './readAnchorSettings';

const directory = createMockDirectory();
const pair = generateAnchorKeys();
const earlier = generateAnchorKeys();

function write(name: string, content: string, mode = 0o600): string {
  const path = directory.resolve(name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const read = (anchors?: JsonObject) =>
  readAnchorSettings(
    new ConfigReader(
      anchors ? { causeway: { gate: { audit: { anchors } } } } : {},
    ),
    { cwd: directory.path },
  );

beforeEach(() => {
  write('key.pem', pair.privateKey);
  write('earlier.pub.pem', earlier.publicKey);
});

it('is nothing where nothing is configured', () => {
  expect(read()).toBeUndefined();
});

it('reads keys from files and values, and what stands by itself', () => {
  const settings = read({
    key: { file: 'key.pem' },
    publicKeys: ['earlier.pub.pem'],
    every: { minutes: 1 },
    entries: 10,
    file: 'anchors.jsonl',
    endpoint: { url: 'https://anchors.example.com/a', token: 't' },
  })!;
  expect(settings).toMatchObject({
    every: 60_000,
    entries: 10,
    file: directory.resolve('anchors.jsonl'),
    warnings: [],
  });
  expect(settings.key.id).toBe(pair.id);
  expect(settings.known.map(({ id }) => id)).toEqual([pair.id, earlier.id]);
  expect(settings.known.map(({ key }) => key.type)).toEqual([
    'public',
    'public',
  ]);
  expect(
    read({ key: { pem: pair.privateKey }, file: '/anchors' }),
  ).toMatchObject({ every: 300_000, entries: 1000, file: '/anchors' });
  expect(readPrivateKey(pair.privateKey).id).toBe(pair.id);
});

it('warns of a key that others can read', () => {
  for (const mode of [0o640, 0o604]) {
    write('key.pem', pair.privateKey, mode);
    expect(read({ key: { file: 'key.pem' }, file: 'a' })!.warnings).toEqual([
      expect.stringContaining('Give it mode 0600'),
    ]);
  }
});

it.each<[JsonObject, string]>([
  [{ file: 'a' }, 'anchors.key needs exactly one of file and pem'],
  [
    { key: { file: 'key.pem', pem: 'x' }, file: 'a' },
    'anchors.key needs exactly one of file and pem',
  ],
  [{ key: { file: 'key.pem' } }, 'needs a file or an endpoint'],
  [
    { key: { file: 'none.pem' }, file: 'a' },
    'anchors.key.file must be a file that can be read',
  ],
  [
    { key: { file: 'earlier.pub.pem' }, file: 'a' },
    'anchors.key.file cannot be used: it is no private key in PEM',
  ],
  [
    { key: { file: 'key.pem' }, publicKeys: ['key.pem'], file: 'a' },
    'anchors.publicKeys[0] cannot be used: it holds a private key',
  ],
  [
    { key: { file: 'key.pem' }, file: 'a', entries: 0 },
    'anchors.entries must be a whole number of at least 1',
  ],
  [
    { key: { file: 'key.pem' }, file: 'a', every: { milliseconds: 1 } },
    'anchors.every must be at least a second',
  ],
  ...[
    'http://anchors.example.com',
    'https://ada:hunter2@anchors.example.com',
    'file:///etc/passwd',
    'anchors',
  ].map((url): [JsonObject, string] => [
    { key: { file: 'key.pem' }, endpoint: { url, token: 't' } },
    'anchors.endpoint.url must be an https address',
  ]),
  [
    {
      key: { file: 'key.pem' },
      endpoint: { url: 'https://a.example.com', token: 'hunter2 ' },
    },
    'anchors.endpoint.token must be a bearer token',
  ],
])('refuses %j with the key and what was expected', (anchors, message) => {
  let failure: Error | undefined;
  try {
    read(anchors);
  } catch (error) {
    failure = error as Error;
  }
  expect(failure?.message).toContain(message);
  expect(failure?.message).not.toContain('hunter2');
  expect(failure?.message).not.toContain(pair.privateKey.split('\n')[1]);
});

it('reads for how long texts are kept', () => {
  const retention = (value?: JsonObject) =>
    readRetention(
      new ConfigReader(
        value ? { causeway: { gate: { audit: { retention: value } } } } : {},
      ),
    );
  expect(retention()).toBeUndefined();
  expect(retention({ days: 365 })).toBe(365 * 86_400_000);
  expect(() => retention({ hours: 23 })).toThrow('must be at least a day');
});
