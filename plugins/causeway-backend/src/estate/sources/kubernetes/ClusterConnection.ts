import { isError } from '@backstage/errors';
import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { KubeConfig } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { KubernetesSourceConfig } from '../config/SourceConfig';

/** A way to reach one API server, with fresh credentials; close it after use. */
export interface ClusterConnection {
  /** Server address, with a path prefix where a proxy stands before it. */
  server: string;
  headers: Record<string, string>;
  agent: http.Agent;
  close(): void;
}

/**
 * Connects with what the configuration names, read anew each time: files are
 * rotated and exec plugins hand out short-lived tokens.
 */
export async function connectCluster(
  config: KubernetesSourceConfig,
): Promise<ClusterConnection> {
  const kubeConfig = loadKubeConfig(config);
  const server = kubeConfig.getCurrentCluster()?.server;
  if (!server) {
    throw misconfigured(
      config,
      config.access.type === 'kubeconfig'
        ? `kubeconfig.context: ${config.access.file} has no context '${config.access.context ?? kubeConfig.currentContext ?? ''}' with a cluster`
        : 'no API server is known',
    );
  }
  allowLoopbackHttp(config, kubeConfig);
  const options: https.RequestOptions = { headers: {} };
  try {
    await kubeConfig.applyToHTTPSOptions(options);
  } catch (error) {
    throw new SourceError({
      reason: 'unauthorized',
      message: `Source ${config.id} gets no credentials for its cluster: the kubeconfig's user or its exec plugin failed (${isError(error) ? error.name : 'error'})`,
      cause: error,
    });
  }
  const agent = keepAlive(options.agent as http.Agent | undefined, server);
  return {
    server: server.replace(/\/+$/, ''),
    headers: {
      ...toHeaders(options.headers),
      ...(options.auth
        ? {
            authorization: `Basic ${Buffer.from(options.auth).toString('base64')}`,
          }
        : {}),
    },
    agent,
    close: () => agent.destroy(),
  };
}

function loadKubeConfig(config: KubernetesSourceConfig): KubeConfig {
  const { access } = config;
  const kubeConfig = new KubeConfig();
  if (access.type === 'kubeconfig') {
    try {
      kubeConfig.loadFromFile(access.file);
    } catch (error) {
      throw misconfigured(
        config,
        `kubeconfig.file: ${access.file} cannot be read (${errorCode(error)})`,
      );
    }
    if (access.context !== undefined) {
      kubeConfig.setCurrentContext(access.context);
    }
  } else if (access.type === 'inCluster') {
    if (!process.env.KUBERNETES_SERVICE_HOST) {
      throw misconfigured(
        config,
        'inCluster: the backend does not run in a pod (KUBERNETES_SERVICE_HOST is not set)',
      );
    }
    kubeConfig.loadFromCluster();
  } else {
    kubeConfig.loadFromClusterAndUser(
      {
        name: config.id,
        server: access.url,
        caData: access.caData ?? readCa(config, access.caFile),
        skipTLSVerify: access.skipTLSVerify ?? false,
      },
      { name: config.id, token: access.token },
    );
  }
  return kubeConfig;
}

/** client-node takes plain HTTP only where TLS would not be verified either; on loopback there is nothing to verify. */
function allowLoopbackHttp(
  config: KubernetesSourceConfig,
  kubeConfig: KubeConfig,
) {
  const current = kubeConfig.getCurrentCluster();
  if (!current?.server.startsWith('http:') || current.skipTLSVerify) {
    return;
  }
  const { hostname } = new URL(current.server);
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) {
    throw misconfigured(
      config,
      `${config.access.type === 'address' ? 'url' : 'kubeconfig'}: credentials are not sent over plain http but to loopback, use https`,
    );
  }
  kubeConfig.clusters = kubeConfig.clusters.map(cluster =>
    cluster === current ? { ...cluster, skipTLSVerify: true } : cluster,
  );
}

function readCa(config: KubernetesSourceConfig, file: string | undefined) {
  if (!file) {
    return undefined;
  }
  try {
    return readFileSync(file).toString('base64');
  } catch (error) {
    throw misconfigured(
      config,
      `caFile: ${file} cannot be read (${errorCode(error)})`,
    );
  }
}

/** The same agent settings with connections that are used again, but for proxies, which have agents of their own. */
function keepAlive(agent: http.Agent | undefined, server: string): http.Agent {
  if (agent && agent.constructor === https.Agent) {
    return new https.Agent({
      ...(agent as https.Agent).options,
      keepAlive: true,
    });
  }
  if (agent && agent.constructor !== http.Agent) {
    return agent;
  }
  return server.startsWith('https:')
    ? new https.Agent({ keepAlive: true })
    : new http.Agent({ keepAlive: true });
}

function toHeaders(headers: http.OutgoingHttpHeaders | readonly string[] = {}) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
}

function misconfigured(config: KubernetesSourceConfig, what: string) {
  return new SourceError({
    reason: 'misconfigured',
    message: `${config.key}.${what}`,
  });
}

function errorCode(error: unknown) {
  return isError(error) && typeof error.code === 'string'
    ? error.code
    : 'not a kubeconfig';
}
