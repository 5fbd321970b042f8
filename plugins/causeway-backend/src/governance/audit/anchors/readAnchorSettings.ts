import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  type AnchorKey,
  publicKeyOf,
  readPrivateKey,
  readPublicKeys,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { AnchorSettings } from './AnchorSettings';

const section = 'causeway.gate.audit.anchors';

const defaultEvery = 5 * 60_000;
const defaultEntries = 1000;

/** Bits of a mode by which others than the owner may read. */
const readByOthers = 0o044;

/**
 * Reads `causeway.gate.audit.anchors`, with the keys; `undefined` where
 * nothing anchors the trail.
 *
 * @throws InputError with the key's name and what was expected; never with
 * what a key or a token is
 */
export function readAnchorSettings(
  root: Config,
  options: { cwd?: string } = {},
): AnchorSettings | undefined {
  const config = root.getOptionalConfig(section);
  if (!config) {
    return undefined;
  }
  const cwd = options.cwd ?? process.cwd();
  const toPath = (path: string) =>
    isAbsolute(path) ? path : resolve(cwd, path);
  const { key, warnings } = readKey(config, toPath);
  const file = config.getOptionalString('file');
  const endpoint = readEndpoint(config);
  if (file === undefined && endpoint === undefined) {
    throw new InputError(
      `${section} needs a file or an endpoint: checkpoints that stay in the database vouch for nothing`,
    );
  }
  return {
    key,
    known: [publicKeyOf(key), ...readEarlierKeys(config, toPath)],
    every: readEvery(config),
    entries: readEntries(config),
    ...(file !== undefined && { file: toPath(file) }),
    ...(endpoint && { endpoint }),
    warnings,
  };
}

function readKey(
  config: Config,
  toPath: (path: string) => string,
): { key: AnchorKey; warnings: string[] } {
  const file = config.getOptionalString('key.file');
  const pem = config.getOptionalString('key.pem');
  if ((file === undefined) === (pem === undefined)) {
    throw new InputError(
      `${section}.key needs exactly one of file and pem: the private key that signs ("causeway audit keygen" makes one)`,
    );
  }
  if (file === undefined) {
    return { key: parse('key.pem', () => readPrivateKey(pem!)), warnings: [] };
  }
  const path = toPath(file);
  const text = readText('key.file', path);
  // eslint-disable-next-line no-bitwise -- the bits of a mode
  const isOpen = (statSync(path).mode & readByOthers) !== 0;
  return {
    key: parse('key.file', () => readPrivateKey(text)),
    warnings: isOpen
      ? [
          `${section}.key.file, ${path}, is readable by others than its owner: whoever has it can sign a trail of their own. Give it mode 0600`,
        ]
      : [],
  };
}

function readEarlierKeys(
  config: Config,
  toPath: (path: string) => string,
): AnchorKey[] {
  const files = config.getOptionalStringArray('publicKeys') ?? [];
  return files.flatMap((file, at) => {
    const name = `publicKeys[${at}]`;
    const text = readText(name, toPath(file));
    return parse(name, () => readPublicKeys(text));
  });
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      `${section}.${name} must be a file that can be read, but ${path} cannot (${code ?? 'unknown'})`,
    );
  }
}

function parse<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputError(
      `${section}.${name} cannot be used: ${(error as Error).message}`,
    );
  }
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

function readEndpoint(config: Config): { url: URL; token: string } | undefined {
  if (!config.has('endpoint')) {
    return undefined;
  }
  const text = config.getString('endpoint.url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    url.username !== '' ||
    url.password !== '' ||
    !(
      url.protocol === 'https:' ||
      (url.protocol === 'http:' && loopback.includes(url.hostname))
    )
  ) {
    throw new InputError(
      `${section}.endpoint.url must be an https address without a name and a password in it (http on loopback only)`,
    );
  }
  const token = config.getString('endpoint.token');
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      `${section}.endpoint.token must be a bearer token: visible characters without spaces`,
    );
  }
  return { url, token };
}

function readEvery(config: Config): number {
  if (!config.has('every')) {
    return defaultEvery;
  }
  const every = durationToMilliseconds(
    readDurationFromConfig(config, { key: 'every' }),
  );
  if (!(every >= 1000)) {
    throw new InputError(`${section}.every must be at least a second`);
  }
  return every;
}

function readEntries(config: Config): number {
  const entries = config.getOptionalNumber('entries') ?? defaultEntries;
  if (!Number.isSafeInteger(entries) || entries < 1) {
    throw new InputError(
      `${section}.entries must be a whole number of at least 1`,
    );
  }
  return entries;
}
