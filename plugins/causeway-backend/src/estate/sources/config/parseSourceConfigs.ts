import type { Config } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { parseClusterAccess } from './parseClusterAccess';
import type { SourceConfig, SourceFault } from './SourceConfig';
import { parseAddress } from './parseAddress';

/** Namespaces of Kubernetes itself. */
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease'];

const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Ids that sources of our own use. */
const reservedIds = new Set(['catalog']);

/** All sources of `causeway.estate.sources`, and what is wrong with the others. */
export interface ParsedSources {
  sources: SourceConfig[];
  faults: SourceFault[];
}

/**
 * Reads the configured sources. A source that is wrong becomes a fault and
 * stops no other one: the estate shows it as stale with the reason.
 *
 * @param root - the root configuration
 */
export function parseSourceConfigs(root: Config): ParsedSources {
  const parsed: ParsedSources = { sources: [], faults: [] };
  const taken = new Map<string, string>();
  const parsers = {
    kubernetes: (config: Config, id: string, key: string) =>
      parseKubernetes(root, config, id, key),
    argocd: parseArgocd,
    github: parseGithub,
  } as const;
  for (const kind of ['kubernetes', 'argocd', 'github'] as const) {
    const list = `causeway.estate.sources.${kind}`;
    let configs: Config[];
    try {
      configs = root.getOptionalConfigArray(list) ?? [];
    } catch (error) {
      parsed.faults.push({ kind, key: list, message: describe(list, error) });
      continue;
    }
    configs.forEach((config, index) => {
      const key = `${list}[${index}]`;
      let id: string | undefined;
      try {
        const wanted = parseId(
          config,
          kind === 'github' ? 'github' : undefined,
        );
        const other = taken.get(wanted);
        if (other) {
          throw new InputError(
            `id '${wanted}' is used by ${other} already: ids are unique among all sources`,
          );
        }
        taken.set(wanted, key);
        id = wanted;
        const source = parsers[kind](config, id, key);
        if (source) {
          parsed.sources.push(source);
        }
      } catch (error) {
        parsed.faults.push({ kind, id, key, message: describe(key, error) });
      }
    });
  }
  return parsed;
}

function parseId(config: Config, fallback?: string): string {
  const id =
    fallback === undefined
      ? config.getString('id')
      : (config.getOptionalString('id') ?? fallback);
  if (!idPattern.test(id) || reservedIds.has(id)) {
    throw new InputError(
      `id must be lower-case letters, digits and dashes, at most 63, and not 'catalog'`,
    );
  }
  return id;
}

function parseKubernetes(
  root: Config,
  config: Config,
  id: string,
  key: string,
): SourceConfig {
  return {
    kind: 'kubernetes',
    id,
    key,
    title: config.getOptionalString('title') ?? id,
    environment: config.getOptionalString('environment'),
    access: parseClusterAccess(root, config),
    includeNamespaces: config.getOptionalStringArray('namespaces.include'),
    excludeNamespaces:
      config.getOptionalStringArray('namespaces.exclude') ?? systemNamespaces,
  };
}

/** No source for an instance of which only the custom resources are read: its cluster is one. */
function parseArgocd(
  config: Config,
  id: string,
  key: string,
): SourceConfig | undefined {
  if (config.has('runsIn')) {
    config.getString('runsIn.cluster');
    if (!config.has('url') && !config.has('token')) {
      return undefined;
    }
  }
  return {
    kind: 'argocd',
    id,
    key,
    title: config.getOptionalString('title') ?? id,
    url: parseAddress(config, 'url'),
    token: config.getString('token'),
  };
}

function parseGithub(config: Config, id: string, key: string): SourceConfig {
  const organization = config.getString('organization');
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(organization)) {
    throw new InputError('organization must be the login of an organization');
  }
  return {
    kind: 'github',
    id,
    key,
    title: config.getOptionalString('title') ?? organization,
    host: config.getOptionalString('host') ?? 'github.com',
    organization,
    teams: config.getOptionalBoolean('teams') ?? true,
  };
}

/** The configuration's own errors name the key already. */
function describe(key: string, error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  return message.includes(key) ? message : `${key}: ${message}`;
}
