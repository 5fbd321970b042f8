import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  relationPairs,
  type RelationType,
} from '@causeway/backstage-plugin-causeway-common';

/** A kind that the configuration adds to those that are read. */
export interface ConfiguredKind {
  group: string;
  /** The one that the server prefers when absent. */
  version?: string;
  /** Plural resource name. */
  resource: string;
  namespaced: boolean;
  /** `spec.type` of its entities; made of the kind's name when absent. */
  type?: string;
  /** What people call one of them: `Feature flag`. */
  title?: string;
  /** Full reference of the Group that owns all of them. */
  owner?: string;
  conditions: boolean;
  /** Paths of scalar fields that are kept, by the name under which they are shown. */
  fields: Record<string, string>;
  relations: ConfiguredRelation[];
}

/** A reference of such an object that becomes a relation. */
export interface ConfiguredRelation {
  type: RelationType;
  path: string;
  /** Kind and group of what is named, where the reference does not say. */
  kind?: string;
  group?: string;
}

const key = 'causeway.estate.kinds';

const groupPattern = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)?$/;
const resourcePattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const typePattern = /^[a-z0-9]+(?:-[a-z0-9]+){0,8}$/;
const pathPattern = /^(?:spec|status)(?:\.[A-Za-z_][A-Za-z0-9_-]{0,62}){1,8}$/;
const fieldPattern = /^[a-z][A-Za-z0-9]{0,39}$/;

/** What holds secrets, or may: none of it is ever read. */
const refused = new Set(['secrets', 'configmaps']);

const most = 16;

/** Relations that the configuration may give; who owns a thing is decided by rules. */
const relationTypes = relationPairs
  .map(({ forward }) => forward)
  .filter(type => type !== 'ownedBy');

/**
 * Reads `causeway.estate.kinds`.
 *
 * @param root - the root configuration
 * @param builtIn - names of the kinds that are read anyway: `deployments.apps`
 * @throws InputError that names the key of what is wrong
 */
export function parseConfiguredKinds(
  root: Config,
  builtIn: ReadonlySet<string>,
): ConfiguredKind[] {
  const namespace = (
    root.getOptionalString('causeway.estate.entityNamespace') ?? 'default'
  ).toLowerCase();
  const taken = new Map<string, string>();
  return (root.getOptionalConfigArray(key) ?? []).map((config, index) => {
    const at = `${key}[${index}]`;
    const kind = parseKind(config, at, namespace);
    const name = kind.group ? `${kind.resource}.${kind.group}` : kind.resource;
    const other = taken.get(name);
    if (builtIn.has(name) || other) {
      throw new InputError(
        `${at}: ${name} is read ${other ? `by ${other}` : 'by Causeway itself'} already: take the entry out`,
      );
    }
    taken.set(name, at);
    return kind;
  });
}

function parseKind(
  config: Config,
  at: string,
  namespace: string,
): ConfiguredKind {
  const matching = (
    name: string,
    pattern: RegExp,
    expected: string,
  ): string | undefined => {
    const value = config.getOptional(name);
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'string' || !pattern.test(value)) {
      throw new InputError(`${at}.${name} must be ${expected}`);
    }
    return value;
  };
  const required = (name: string, value: string | undefined): string => {
    if (value === undefined) {
      throw new InputError(`${at}.${name} is missing`);
    }
    return value;
  };
  const group = required(
    'group',
    config.has('group') && config.getOptional('group') === ''
      ? ''
      : matching(
          'group',
          groupPattern,
          `an API group such as 'example.org', or '' for the core group`,
        ),
  );
  const resource = required(
    'resource',
    matching(
      'resource',
      resourcePattern,
      `the plural name of a resource such as 'featureflags'`,
    ),
  );
  if (group === '' && refused.has(resource)) {
    throw new InputError(
      `${at}.resource must not be '${resource}': what may hold secrets is never read`,
    );
  }
  return {
    group,
    version: matching(
      'version',
      resourcePattern,
      `a version such as 'v1alpha1'`,
    ),
    resource,
    namespaced: config.getOptionalBoolean('namespaced') ?? true,
    type: matching(
      'type',
      typePattern,
      `words of lower-case letters and digits joined by dashes`,
    ),
    title: config.getOptionalString('title')?.slice(0, 60),
    owner: parseOwner(config, at, namespace),
    conditions: config.getOptionalBoolean('conditions') ?? true,
    fields: parseFields(config, at),
    relations: parseRelations(config, at),
  };
}

function parseOwner(
  config: Config,
  at: string,
  namespace: string,
): string | undefined {
  const value = config.getOptionalString('owner');
  try {
    return value === undefined
      ? undefined
      : stringifyEntityRef(
          parseEntityRef(value, {
            defaultKind: 'group',
            defaultNamespace: namespace,
          }),
        );
  } catch {
    throw new InputError(
      `${at}.owner must be the name of a Group or an entity reference such as group:${namespace}/payments`,
    );
  }
}

function parsePath(value: string, at: string): string {
  if (!pathPattern.test(value)) {
    throw new InputError(
      `${at} must be a path below spec or status such as 'spec.storage.class'`,
    );
  }
  return value;
}

function parseFields(config: Config, at: string): Record<string, string> {
  const fields = config.getOptionalConfig('fields');
  const names = fields?.keys() ?? [];
  if (names.length > most) {
    throw new InputError(`${at}.fields must be at most ${most}`);
  }
  return Object.fromEntries(
    names.map(name => {
      if (!fieldPattern.test(name)) {
        throw new InputError(
          `${at}.fields: '${name}' must be a name of letters and digits such as 'storageClass'`,
        );
      }
      return [name, parsePath(fields!.getString(name), `${at}.fields.${name}`)];
    }),
  );
}

function parseRelations(config: Config, at: string): ConfiguredRelation[] {
  const relations = config.getOptionalConfigArray('relations') ?? [];
  if (relations.length > most) {
    throw new InputError(`${at}.relations must be at most ${most}`);
  }
  return relations.map((relation, index) => {
    const here = `${at}.relations[${index}]`;
    const type = relation.getString('type');
    const known = relationTypes.find(candidate => candidate === type);
    if (!known) {
      throw new InputError(
        `${here}.type must be one of ${relationTypes.join(', ')}, but is '${type}'`,
      );
    }
    return {
      type: known,
      path: parsePath(relation.getString('path'), `${here}.path`),
      kind: relation.getOptionalString('kind'),
      group: relation.getOptionalString('group'),
    };
  });
}
