import type { Config } from '@backstage/config';
import { parse } from 'yaml';
import type { ConfiguredAddress } from './personasAllowed';

/**
 * Every address that the portal would talk to with credentials: those of
 * `causeway.estate.sources`, of the gate's own kubeconfigs and of all
 * `integrations`, used or not. Other write credentials go to the sources' addresses.
 *
 * @param readFile - reads a kubeconfig, relative to the working directory as the estate does
 */
export function configuredAddresses(
  config: Config,
  readFile: (path: string) => string,
): ConfiguredAddress[] {
  const sources = 'causeway.estate.sources';
  const list = (key: string) =>
    (config.getOptionalConfigArray(key) ?? []).map((one, index) => ({
      one,
      key: `${key}[${index}]`,
    }));
  return [
    ...list(`${sources}.kubernetes`).map(({ one, key }) =>
      clusterAddress(one, key, readFile),
    ),
    ...gateAddresses(config, readFile),
    ...list(`${sources}.argocd`).map(({ one, key }) => ({
      key: `${key}.url`,
      address: one.getString('url'),
    })),
    ...list(`${sources}.github`).map(({ one, key }) => ({
      key: `${key}.host`,
      address: githubAddress(config, one.getOptionalString('host')),
    })),
    ...list('integrations.github').flatMap(({ one, key }) => [
      { key: `${key}.apiBaseUrl`, address: apiBaseUrl(one) },
      { key: `${key}.rawBaseUrl`, address: rawBaseUrl(one) },
    ]),
    ...otherIntegrations(config),
  ];
}

/** The gate writes to no other server than a source is read at, but a kubeconfig could run a program or a proxy. */
function gateAddresses(
  config: Config,
  readFile: (path: string) => string,
): ConfiguredAddress[] {
  const key = 'causeway.gate.credentials.kubernetes';
  const clusters = config.getOptionalConfig(key);
  return (clusters?.keys() ?? []).flatMap(id => {
    const cluster = clusters!.getConfig(id);
    return cluster.has('kubeconfig')
      ? [clusterAddress(cluster, `${key}.${id}`, readFile)]
      : [];
  });
}

function clusterAddress(
  cluster: Config,
  key: string,
  readFile: (path: string) => string,
): ConfiguredAddress {
  if (cluster.has('kubeconfig')) {
    const file = cluster.getString('kubeconfig.file');
    const context = cluster.getOptionalString('kubeconfig.context');
    const at = `${key}.kubeconfig`;
    try {
      return {
        key: at,
        ...serverOf(parse(readFile(file)) as Kubeconfig, context),
      };
    } catch (error) {
      return { key: at, problem: `cannot be read (${file}: ${error})` };
    }
  }
  if (cluster.has('url')) {
    return { key: `${key}.url`, address: cluster.getString('url') };
  }
  return { key, problem: 'does not say its address by kubeconfig or url' };
}

interface Kubeconfig {
  'current-context'?: string;
  contexts?: { name: string; context?: { cluster?: string } }[];
  clusters?: {
    name: string;
    cluster?: { server?: string; 'proxy-url'?: string };
  }[];
}

function serverOf(
  kubeconfig: Kubeconfig,
  wanted: string | undefined,
): Omit<ConfiguredAddress, 'key'> {
  const name = wanted ?? kubeconfig['current-context'];
  const context = kubeconfig.contexts?.find(one => one.name === name)?.context;
  const cluster = kubeconfig.clusters?.find(
    one => one.name === context?.cluster,
  )?.cluster;
  if (cluster?.['proxy-url']) {
    return { problem: `goes through a proxy in context '${name}'` };
  }
  return cluster?.server
    ? { address: cluster.server }
    : { problem: `has no context '${name}' with a server` };
}

function githubAddress(config: Config, host = 'github.com'): string {
  const integration = (
    config.getOptionalConfigArray('integrations.github') ?? []
  ).find(one => one.getOptionalString('host') === host);
  return integration ? apiBaseUrl(integration) : defaultApiBaseUrl(host);
}

function apiBaseUrl(integration: Config): string {
  return (
    integration.getOptionalString('apiBaseUrl') ??
    defaultApiBaseUrl(integration.getOptionalString('host') ?? 'github.com')
  );
}

function rawBaseUrl(integration: Config): string {
  // Without one, other hosts than github.com are asked by their API.
  const host = integration.getOptionalString('host') ?? 'github.com';
  return (
    integration.getOptionalString('rawBaseUrl') ??
    (host === 'github.com'
      ? 'https://raw.githubusercontent.com'
      : apiBaseUrl(integration))
  );
}

/** What Backstage's integrations take where nothing is configured. */
function defaultApiBaseUrl(host: string): string {
  return host === 'github.com'
    ? 'https://api.github.com'
    : `https://${host}/api/v3`;
}

function otherIntegrations(config: Config): ConfiguredAddress[] {
  return (config.getOptionalConfig('integrations')?.keys() ?? [])
    .filter(name => name !== 'github')
    .map(name => ({
      key: `integrations.${name}`,
      problem: 'is configured and belongs to a real system',
    }));
}
