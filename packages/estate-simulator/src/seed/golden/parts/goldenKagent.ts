import { CompanySeed } from '../../model';
import { ToolServerSeed } from '../../platform/model';
import { entityName, resourceRef } from '../names';
import { ownerOfNamespace, Placements } from '../placements';
import { partOf, PlacedThing, runsOn } from './PlacedThing';

function placeKagent(
  company: CompanySeed,
  { workloads }: Placements,
): PlacedThing[] {
  if (!company.platform) {
    return [];
  }
  const { namespace, owner, toolServers, agents } = company.platform.kagent;
  const serverRef = (cluster: string, { kind, name }: ToolServerSeed) =>
    `api:default/${entityName(cluster, namespace, kind.toLowerCase(), name)}`;
  const agentRef = (cluster: string, address: string) => {
    const [of, name] = address.split('/');
    return resourceRef(cluster, of, 'agent', name);
  };
  const things: PlacedThing[] = [];
  for (const server of toolServers) {
    for (const cluster of server.clusters) {
      const behind = server.url?.includes(`//${server.name}.${namespace}`)
        ? workloads.filter(
            one =>
              one.cluster === cluster &&
              one.namespace === namespace &&
              one.service.name === server.name,
          )
        : [];
      things.push({
        ref: serverRef(cluster, server),
        type: 'mcp-server',
        owner,
        edges: [
          runsOn(cluster, namespace),
          ...behind.map(({ ref }): [string, string] => ['dependsOn', ref]),
        ],
      });
    }
  }
  for (const agent of agents) {
    for (const cluster of agent.clusters) {
      const ref = agentRef(cluster, `${agent.namespace}/${agent.name}`);
      const team = ownerOfNamespace(company, agent.namespace);
      things.push(
        {
          ref,
          type: 'agent',
          owner: team,
          edges: [
            runsOn(cluster, agent.namespace),
            ...agent.tools.map((name): [string, string] => [
              'uses',
              serverRef(
                cluster,
                toolServers.find(
                  one => one.name === name && one.clusters.includes(cluster),
                )!,
              ),
            ]),
            ...(agent.agents ?? []).map((address): [string, string] => [
              'uses',
              agentRef(cluster, address),
            ]),
          ],
        },
        {
          ref: resourceRef(cluster, agent.namespace, 'deployment', agent.name),
          type: 'kubernetes-workload',
          owner: team,
          edges: [runsOn(cluster, agent.namespace), ['partOf', ref]],
        },
      );
    }
  }
  return things;
}

/** Agents, what they use, and the Deployments that run them. */
export const goldenKagent = partOf(placeKagent);
