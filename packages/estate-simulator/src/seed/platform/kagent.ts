import type { KagentSeed } from './model';

/** Agents that look after the estate, and the tools that they use. */
export const kagent: KagentSeed = {
  namespace: 'kagent',
  owner: 'platform',
  toolServers: [
    {
      kind: 'RemoteMCPServer',
      name: 'cluster-tools',
      description: 'Looks at workloads, their logs and events',
      url: 'http://cluster-tools.kagent.svc.cluster.local:8084/mcp',
      tools: ['list-pods', 'read-log', 'describe'],
      clusters: ['production-eu'],
    },
    {
      kind: 'RemoteMCPServer',
      name: 'incident-desk',
      description: 'Opens and closes incidents',
      url: 'https://mcp.incident-desk.example/v1?key=CANARY-URL-KEY',
      tools: ['open-incident', 'close-incident'],
      clusters: ['production-eu'],
    },
    {
      kind: 'MCPServer',
      name: 'ledger-lookup',
      description: 'Finds postings in the ledger',
      tools: ['find-posting'],
      clusters: ['production-eu'],
    },
    {
      kind: 'ToolServer',
      name: 'cluster-tools',
      description: 'Looks at workloads, their logs and events',
      url: 'http://cluster-tools.kagent:8084/sse',
      tools: ['list-pods'],
      clusters: ['staging'],
    },
  ],
  agents: [
    {
      name: 'night-watch',
      namespace: 'kagent',
      description: 'Looks at alerts at night and says what it would do',
      model: 'careful-model',
      tools: ['cluster-tools', 'incident-desk'],
      agents: ['payments/payment-investigator'],
      clusters: ['production-eu'],
    },
    {
      name: 'payment-investigator',
      namespace: 'payments',
      description: 'Finds out what happened to a payment',
      model: 'fast-model',
      tools: ['ledger-lookup'],
      clusters: ['production-eu'],
      failure: {
        reason: 'DeploymentNotReady',
        message: 'Deployment is not ready, 0/1 pods are ready',
      },
    },
  ],
};
