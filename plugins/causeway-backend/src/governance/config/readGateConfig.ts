import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { AgentConfig, GateConfig, SubjectConfig } from './GateConfig';

const operationName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const subjectName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function bad(key: string, value: unknown, expected: string): InputError {
  return new InputError(
    `causeway.gate.${key} must be ${expected}, but is '${String(value)}'`,
  );
}

function list(config: Config, key: string, path: string): readonly string[] {
  const values = config.getOptional(key);
  if (values === undefined) {
    return [];
  }
  if (
    !Array.isArray(values) ||
    !values.every(value => typeof value === 'string' && value.trim() !== '')
  ) {
    throw bad(path, JSON.stringify(values), 'a list of texts');
  }
  return values as string[];
}

function text(config: Config, key: string, path: string): string {
  const value = config.getOptional(key);
  if (typeof value !== 'string' || value.trim() === '') {
    throw bad(path, value ?? 'absent', 'a text');
  }
  return value.trim();
}

function toRef(
  value: string,
  path: string,
  kinds: readonly string[],
  expected: string,
): string {
  try {
    const ref = parseEntityRef(value, { defaultKind: kinds[0] });
    if (kinds.includes(ref.kind.toLocaleLowerCase('en-US'))) {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Said below, with the key.
  }
  throw bad(path, value, expected);
}

function groups(config: Config | undefined, key: string): readonly string[] {
  return config
    ? list(config, key, key).map((value, at) =>
        toRef(
          value,
          `${key}[${at}]`,
          ['group'],
          'the reference of a Group, such as group:default/security',
        ),
      )
    : [];
}

/** A location begins with what reads it; a pattern that leaves that open would take files of anybody. */
const location = /^[a-z][a-z0-9-]*:\S*[^*\s]\S*$/i;

function locations(config: Config | undefined, key: string): readonly string[] {
  const patterns = config ? list(config, key, key) : [];
  patterns.forEach((pattern, at) => {
    if (!location.test(pattern)) {
      throw bad(
        `${key}[${at}]`,
        pattern,
        'a location, in which * stands for any characters, such as url:https://git.example.com/org/blob/main/* or ldap://ldap.example.com/*',
      );
    }
  });
  return patterns;
}

function operations(config: Config, path: string): readonly string[] {
  const names = list(config, 'operations', `${path}.operations`);
  if (names.length === 0) {
    throw bad(`${path}.operations`, 'empty', 'at least one operation');
  }
  for (const name of names) {
    if (!operationName.test(name)) {
      throw bad(
        `${path}.operations`,
        name,
        'names of operations, such as scale-workload',
      );
    }
  }
  return names;
}

function environments(config: Config, path: string): readonly string[] {
  const names = list(config, 'environments', `${path}.environments`);
  if (names.length === 0) {
    throw bad(`${path}.environments`, 'empty', 'at least one environment');
  }
  return names;
}

function accountable(config: Config, path: string): string {
  return toRef(
    text(config, 'accountable', `${path}.accountable`),
    `${path}.accountable`,
    ['group', 'user'],
    'the reference of a Group or User that answers for it',
  );
}

function readSubject(config: Config, at: number): SubjectConfig {
  const path = `subjects[${at}]`;
  const subject = text(config, 'subject', `${path}.subject`);
  if (subject.startsWith('plugin:')) {
    throw bad(
      `${path}.subject`,
      subject,
      'the subject of a static token, such as scaler; a plugin never asks for itself',
    );
  }
  const name = text(config, 'name', `${path}.name`);
  if (!subjectName.test(name)) {
    throw bad(
      `${path}.name`,
      name,
      'lower-case letters, digits and dashes, at most 63',
    );
  }
  return {
    subject,
    name,
    operations: operations(config, path),
    environments: environments(config, path),
    accountable: accountable(config, path),
  };
}

function readAgent(config: Config, at: number): AgentConfig {
  const path = `agents[${at}]`;
  const key = text(config, 'key', `${path}.key`);
  if (!/^subject:\S+$|^user:\S+\/\S+ via plugin:\S+$/.test(key)) {
    throw bad(
      `${path}.key`,
      key,
      "'subject:<name>', or 'user:<namespace>/<name> via plugin:<id>'",
    );
  }
  return {
    key: key.toLocaleLowerCase('en-US'),
    operations: operations(config, path),
    environments: environments(config, path),
    accountable: accountable(config, path),
  };
}

function unique(
  values: readonly string[],
  path: string,
  what: string,
): readonly string[] {
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) {
    throw bad(path, twice, `unique: two ${what} are the same`);
  }
  return values;
}

function operationNames(
  config: Config | undefined,
  key: string,
): readonly string[] {
  const names = config ? list(config, key, key) : [];
  for (const name of names) {
    if (!operationName.test(name)) {
      throw bad(key, name, 'names of operations, such as scale-workload');
    }
  }
  return unique(names, key, 'operations');
}

function readAll<T>(
  config: Config | undefined,
  key: string,
  read: (one: Config, at: number) => T,
): T[] {
  const value = config?.getOptional(key);
  if (value === undefined) {
    return [];
  }
  if (
    !Array.isArray(value) ||
    !value.every(one => typeof one === 'object' && one !== null)
  ) {
    throw bad(key, JSON.stringify(value), 'a list of objects');
  }
  return config!.getConfigArray(key).map(read);
}

/**
 * Reads who may pass which door of the gate.
 *
 * @throws InputError with the key's name and what was expected
 */
export function readGateConfig(root: Config): GateConfig {
  const config = root.getOptionalConfig('causeway.gate');
  const subjects = readAll(config, 'subjects', readSubject);
  const agents = readAll(config, 'agents', readAgent);
  unique(
    subjects.map(({ subject }) => subject),
    'subjects[].subject',
    'subjects',
  );
  unique(
    subjects.map(({ name }) => name),
    'subjects[].name',
    'names',
  );
  unique(
    agents.map(({ key }) => key),
    'agents[].key',
    'agents',
  );
  return {
    auditors: groups(config, 'auditors'),
    erasers: groups(config, 'erasers'),
    halters: groups(config, 'halters'),
    reconcilers: groups(config, 'reconcilers'),
    peopleFrom: locations(config, 'peopleFrom'),
    subjects,
    agents,
    trustedOperations: operationNames(config, 'trustedOperations'),
    actions: operationNames(config, 'actions'),
  };
}
