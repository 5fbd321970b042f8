import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { KubernetesSourceConfig } from '../../../estate/sources/config/SourceConfig';
import {
  type ClusterConnection,
  connectCluster,
} from '../../../estate/sources/kubernetes/ClusterConnection';
import type { ClusterCredentials } from '../config/parseWriteCredentials';

/**
 * Connects to a source's own API server with the gate's credentials. The
 * address always is the source's: a kubeconfig that leads elsewhere would
 * change another cluster than the one that was observed and approved.
 */
export async function connectForWriting(
  source: KubernetesSourceConfig,
  credentials: ClusterCredentials,
): Promise<ClusterConnection> {
  if (credentials.type === 'token' || credentials.type === 'tokenFile') {
    return withToken(
      await connectCluster(source),
      await readToken(credentials),
    );
  }
  const reading = await connectCluster(source);
  reading.close();
  const writing = await connectCluster({ ...source, access: credentials });
  if (writing.server !== reading.server) {
    writing.close();
    throw new InputError(
      `causeway.gate.credentials.kubernetes.${source.id}.${credentials.type} leads to ${new URL(writing.server).origin}, but the source is read at ${new URL(reading.server).origin}: give a token instead, it is used at the source's own address`,
    );
  }
  return writing;
}

async function readToken(
  credentials: Extract<ClusterCredentials, { type: 'token' | 'tokenFile' }>,
): Promise<string> {
  return credentials.type === 'token'
    ? credentials.token
    : (await readFile(credentials.file, 'utf8')).trim();
}

/** The same server as somebody else: neither the reader's headers nor its client certificate, which would win over the token. */
function withToken(
  reading: ClusterConnection,
  token: string,
): ClusterConnection {
  const agent = withoutCertificate(reading.agent);
  if (agent !== reading.agent) {
    reading.close();
  }
  return {
    server: reading.server,
    headers: { authorization: `Bearer ${token}` },
    agent,
    close: () => agent.destroy(),
  };
}

function withoutCertificate(agent: http.Agent): http.Agent {
  if (!(agent instanceof https.Agent) || agent.constructor !== https.Agent) {
    return agent;
  }
  const { cert, key, pfx, passphrase, ...options } = agent.options;
  return new https.Agent({ ...options, keepAlive: true });
}
