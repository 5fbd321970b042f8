import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { SourceConfig } from '../../../estate/sources/config/SourceConfig';
import {
  type GithubCredentials,
  parseGithubCredentials,
} from './parseGithubCredentials';

/** As whom the gate writes to a cluster. Which cluster it is, the source says. */
export type ClusterCredentials =
  | { type: 'kubeconfig'; file: string; context?: string }
  | { type: 'inCluster' }
  | { type: 'token'; token: string }
  | { type: 'tokenFile'; file: string };

/** Write credentials by the source's id. */
export interface WriteCredentials {
  kubernetes: ReadonlyMap<string, ClusterCredentials>;
  argocd: ReadonlyMap<string, { token: string }>;
  github: ReadonlyMap<string, GithubCredentials>;
}

const key = 'causeway.gate.credentials';

const ways = ['kubeconfig', 'inCluster', 'token', 'tokenFile'] as const;

/**
 * Reads `causeway.gate.credentials`.
 *
 * @throws InputError that names the key of what is wrong; wrong write
 * credentials stop the start rather than be found in the middle of an incident
 */
export function parseWriteCredentials(
  root: Config,
  sources: readonly SourceConfig[],
): WriteCredentials {
  return {
    kubernetes: parseEach(root, 'kubernetes', sources, parseCluster),
    argocd: parseEach(root, 'argocd', sources, config => ({
      token: config.getString('token'),
    })),
    github: parseEach(root, 'github', sources, parseGithubCredentials),
  };
}

function parseEach<T>(
  root: Config,
  kind: keyof WriteCredentials,
  sources: readonly SourceConfig[],
  parse: (config: Config, at: string) => T,
): Map<string, T> {
  const at = `${key}.${kind}`;
  const known = new Set(
    sources.filter(source => source.kind === kind).map(({ id }) => id),
  );
  const configs = root.getOptionalConfig(at);
  const parsed = new Map<string, T>();
  for (const id of configs?.keys() ?? []) {
    if (!known.has(id)) {
      throw new InputError(
        `${at}.${id}: causeway.estate.sources.${kind} has no source with this id that can be used, but ${[...known].join(', ') || 'none at all'}`,
      );
    }
    parsed.set(id, parse(configs!.getConfig(id), `${at}.${id}`));
  }
  return parsed;
}

function parseCluster(config: Config, at: string): ClusterCredentials {
  const given = ways.filter(
    way => config.has(way) && config.getOptional(way) !== false,
  );
  if (given.length !== 1) {
    throw new InputError(
      `${at}: exactly one of ${ways.join(', ')} must be given, found ${given.join(' and ') || 'none'}`,
    );
  }
  switch (given[0]) {
    case 'kubeconfig':
      return {
        type: 'kubeconfig',
        file: config.getString('kubeconfig.file'),
        context: config.getOptionalString('kubeconfig.context'),
      };
    case 'inCluster':
      return { type: 'inCluster' };
    case 'token':
      return { type: 'token', token: config.getString('token') };
    default:
      return { type: 'tokenFile', file: config.getString('tokenFile') };
  }
}
