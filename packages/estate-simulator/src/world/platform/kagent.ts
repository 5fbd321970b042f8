import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { KubernetesObject } from '../../kubernetes/model';
import { ClusterName, CompanySeed } from '../../seed/model';
import {
  AgentSeed,
  KagentSeed,
  ToolServerSeed,
} from '../../seed/platform/model';
import { workloadManifest } from '../manifests/workload';
import { condition } from '../condition';
import { installType } from '../installType';

const byHand = { manager: 'kubectl-client-side-apply' };
const controller = { manager: 'kagent-controller' };
const categories = ['kagent'];

/** kagent in one cluster, with its agents and the Deployments that they run in. */
export function installKagent(
  cluster: SimulatedCluster,
  company: CompanySeed,
  seed: KagentSeed,
): void {
  const here = <T extends { clusters: ClusterName[] }>(list: T[]) =>
    list.filter(one => one.clusters.includes(cluster.name as ClusterName));
  const servers = here(seed.toolServers);
  const agents = here(seed.agents);
  if (servers.length + agents.length === 0) {
    return;
  }
  const kinds = new Map([
    ['Agent', ['agents', 'v1alpha2']],
    ['RemoteMCPServer', ['remotemcpservers', 'v1alpha2']],
    ['MCPServer', ['mcpservers', 'v1alpha1']],
    ['ToolServer', ['toolservers', 'v1alpha1']],
  ]);
  // A release of kagent has ToolServers or what took their place.
  const old = servers.some(({ kind }) => kind === 'ToolServer');
  for (const [kind, [plural, version]] of kinds) {
    if (kind === 'Agent' || (kind === 'ToolServer') === old) {
      installType(cluster, {
        group: 'kagent.dev',
        version,
        kind,
        plural,
        categories,
      });
    }
  }
  for (const server of servers) {
    cluster.apply(toolServer(cluster, seed, server), byHand);
  }
  for (const agent of agents) {
    const owner = cluster.apply(
      agentObject(cluster, seed, agent, servers),
      byHand,
    );
    const deployment = workloadManifest({
      company,
      workload: {
        kind: 'Deployment',
        name: agent.name,
        role: 'agent',
        port: 8080,
      },
      namespace: agent.namespace,
      image: agent.failure
        ? 'ghcr.io/meridian-agents/runtime:0.0.0-missing'
        : 'ghcr.io/meridian-agents/runtime:0.6.9',
      labels: { app: 'kagent', kagent: agent.name },
      replicas: 1,
    });
    deployment.metadata.ownerReferences = [
      {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.metadata.name,
        uid: owner.metadata.uid!,
        controller: true,
      },
    ];
    cluster.apply(deployment, controller);
  }
}

function toolServer(
  cluster: SimulatedCluster,
  { namespace }: KagentSeed,
  server: ToolServerSeed,
): KubernetesObject {
  const { kind, name, description, url, tools, failure } = server;
  const metadata = { name, namespace };
  const status = {
    conditions: [
      failure
        ? condition(cluster, 'Accepted', false, failure.reason, failure.message)
        : condition(cluster, 'Accepted', true, 'Reconciled'),
    ],
    discoveredTools: tools.map(tool => ({
      name: tool,
      description: `CANARY-TOOL ${tool}`,
    })),
  };
  switch (kind) {
    case 'RemoteMCPServer':
      return {
        apiVersion: 'kagent.dev/v1alpha2',
        kind,
        metadata,
        spec: {
          description,
          protocol: 'STREAMABLE_HTTP',
          url,
          headersFrom: [{ name: 'Authorization', value: 'CANARY-HEADER' }],
        },
        status,
      };
    case 'ToolServer':
      return {
        apiVersion: 'kagent.dev/v1alpha1',
        kind,
        metadata,
        spec: {
          description,
          config: {
            type: 'sse',
            sse: { url, headers: { key: 'CANARY-HEADER' } },
          },
        },
        status,
      };
    default:
      return {
        apiVersion: 'kagent.dev/v1alpha1',
        kind,
        metadata,
        spec: {
          transportType: 'stdio',
          deployment: {
            image: `ghcr.io/meridian-agents/${name}:1.2.0`,
            port: 3000,
            cmd: 'node',
            args: ['--token=CANARY-ARGUMENT'],
            env: { TOKEN: 'CANARY-ENV' },
          },
        },
        status: {
          conditions: [
            condition(cluster, 'Accepted', true, 'Accepted'),
            condition(cluster, 'Ready', true, 'Available'),
          ],
        },
      };
  }
}

function agentObject(
  cluster: SimulatedCluster,
  kagent: KagentSeed,
  agent: AgentSeed,
  servers: ToolServerSeed[],
): KubernetesObject {
  const { failure } = agent;
  return {
    apiVersion: 'kagent.dev/v1alpha2',
    kind: 'Agent',
    metadata: { name: agent.name, namespace: agent.namespace },
    spec: {
      type: 'Declarative',
      description: agent.description,
      declarative: {
        modelConfig: agent.model,
        systemMessage: 'CANARY-SYSTEM-MESSAGE',
        tools: [
          ...agent.tools.map(name => ({
            type: 'McpServer',
            mcpServer: {
              apiGroup: 'kagent.dev',
              kind: servers.find(server => server.name === name)!.kind,
              name,
              ...(agent.namespace !== kagent.namespace && {
                namespace: kagent.namespace,
              }),
            },
          })),
          ...(agent.agents ?? []).map(ref => {
            const [namespace, name] = ref.split('/');
            return {
              type: 'Agent',
              agent: { apiGroup: 'kagent.dev', kind: 'Agent', name, namespace },
            };
          }),
        ],
      },
    },
    status: {
      conditions: [
        condition(cluster, 'Accepted', true, 'AgentReconciled'),
        failure
          ? condition(cluster, 'Ready', false, failure.reason, failure.message)
          : condition(cluster, 'Ready', true, 'DeploymentReady'),
      ],
    },
  };
}
