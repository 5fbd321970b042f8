import {
  createSimulatorServer,
  SimulatorServer,
} from '../../server/SimulatorServer';
import { AccessToken, adminRules, readerRules } from '../api/access';
import { createKubernetesApi } from '../api/KubernetesApi';
import { ClusterStateOptions, createClusterState } from '../ClusterState';
import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject } from '../model';
import { Timers } from '../Timers';

/** An answer, read to its end. */
export interface Answer {
  status: number;
  contentType: string | null;
  text: string;
  // Tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
}

/** One cluster served over HTTP, for tests. */
export interface TestCluster {
  cluster: SimulatedCluster;
  server: SimulatorServer;
  /** Address of the API server, plain HTTP. */
  url: string;
  tokens: AccessToken[];
  request(
    method: string,
    path: string,
    options?: {
      body?: unknown;
      contentType?: string;
      accept?: string;
      token?: string;
    },
  ): Promise<Answer>;
}

export const adminToken = 'admin-token';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Serves a fresh cluster with the namespace `guestbook`. */
export async function startTestCluster(
  options: Partial<ClusterStateOptions> & { timers?: Timers } = {},
): Promise<TestCluster> {
  const { timers, ...stateOptions } = options;
  const cluster = createClusterState({ name: 'test', ...stateOptions });
  cluster.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook' } },
    { manager: 'argocd-controller' },
  );
  const tokens: AccessToken[] = [
    { token: adminToken, user: 'admin', groups: ['ops'], rules: adminRules },
    { token: 'reader-token', user: 'reader', rules: readerRules },
    { token: 'nobody-token', user: 'nobody', rules: [] },
  ];
  const path = '/clusters/test';
  const server = await createSimulatorServer({
    mounts: [
      { path, router: createKubernetesApi({ cluster, tokens, timers }) },
    ],
    timers,
  });
  const url = server.httpUrl + path;
  return {
    cluster,
    server,
    url,
    tokens,
    async request(method, requestPath, init = {}) {
      const response = await fetch(url + requestPath, {
        method,
        headers: {
          Authorization: `Bearer ${init.token ?? adminToken}`,
          ...(init.accept ? { Accept: init.accept } : {}),
          ...(init.body === undefined
            ? {}
            : { 'Content-Type': init.contentType ?? 'application/json' }),
        },
        body:
          init.body === undefined || typeof init.body === 'string'
            ? (init.body as string | undefined)
            : JSON.stringify(init.body),
      });
      const text = await response.text();
      return {
        status: response.status,
        contentType: response.headers.get('content-type'),
        text,
        json: parse(text),
      };
    },
  };
}

/** The Deployment of the recorded exchanges: `web-<number>` in `guestbook`. */
export function webDeployment(
  name: string,
  options: { replicas?: number; image?: string; label?: string } = {},
): KubernetesObject {
  const { replicas = 2, image = `ghcr.io/acme/${name}:1.0.0` } = options;
  const label = options.label ?? name;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'guestbook',
      labels: { app: label, 'app.kubernetes.io/part-of': 'guestbook' },
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: label } },
      template: {
        metadata: { labels: { app: label } },
        spec: {
          containers: [
            {
              name: 'web',
              image,
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
            },
          ],
        },
      },
    },
  };
}

/** The Deployment of the recorded exchanges that was applied server-side. */
export function guestbookUi(): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'guestbook-ui', namespace: 'guestbook' },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { app: 'guestbook-ui' } },
      template: {
        metadata: { labels: { app: 'guestbook-ui' } },
        spec: {
          containers: [
            {
              name: 'guestbook-ui',
              image: 'gcr.io/google-samples/gb-frontend:v5',
              ports: [{ containerPort: 80 }],
            },
          ],
        },
      },
    },
  };
}
