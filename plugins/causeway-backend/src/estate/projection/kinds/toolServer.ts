import { toConditions } from '../conditions';
import type { RelationRule } from '../relations/model';
import { resolveHost } from '../relations/serviceReference';
import type { ServiceSelection } from '../serviceSelection';
import type { Subject } from '../subjects';
import { safeText } from '../text';
import type { ObservedToolServer } from '../../observations/model';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

type ToolServerSubject = Subject<ObservedToolServer>;

/** The Service under which a tool server is reached, where it is one of its own cluster. */
function serviceOf(
  { cluster, namespace, data }: ToolServerSubject,
  selection: ServiceSelection,
) {
  return (
    data.address &&
    resolveHost(data.address.host, cluster!, namespace!, selection)
  );
}

/**
 * Where agents reach it. An address outside the cluster is a tenant's and may
 * hold a key, so it is not told: a reference stands in its place, for the
 * catalog wants one.
 */
function remotesOf(subject: ToolServerSubject, selection: ServiceSelection) {
  const { address, transport, serverKind } = subject.data;
  const service = serviceOf(subject, selection);
  const url =
    address && service
      ? `${address.scheme}://${service.name}.${service.namespace}.svc.cluster.local${address.port === undefined ? '' : `:${address.port}`}${address.path ?? ''}`
      : `causeway:${subject.source}/${subject.namespace}/${serverKind.toLowerCase()}/${subject.objectName}`;
  return [{ type: transport, url }];
}

/** A tool server inside the cluster depends on the workload that answers there. */
const answeredBy: RelationRule = {
  id: 'tool-server-address',
  *infer({ subjects, selection }) {
    for (const server of subjects.of('ToolServer')) {
      const service = serviceOf(server, selection);
      const workloads = service
        ? selection.workloads(server.cluster!, service.namespace, service.name)
        : [];
      for (const workload of workloads) {
        yield {
          from: server.ref,
          type: 'dependsOn',
          to: workload.ref,
          evidence: `its address is Service ${service!.namespace}/${service!.name}, which selects ${workload.data.workloadKind} ${workload.objectName}`,
          confidence: 'certain',
          partition: server.partition,
          carrier: server.ref,
        };
      }
    }
  },
};

/** What serves tools to agents over MCP. */
export const toolServer: SubjectKind<'ToolServer'> = {
  observed: 'ToolServer',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'mcp-server',
      kind: observation.data.serverKind,
      group: 'kagent.dev',
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description:
      safeText(subject.data.description, 400) ??
      `${subject.data.serverKind} in namespace ${subject.namespace} on ${subject.cluster}`,
    details: {
      kind: subject.data.serverKind,
      name: subject.objectName,
      transport: subject.data.transport,
      tools: subject.data.tools
        .slice(0, 20)
        .flatMap(tool => safeText(tool, 128) ?? []),
    },
  }),

  api(subject, world) {
    const tools = subject.data.tools
      .slice(0, 64)
      .flatMap(tool => safeText(tool, 128) ?? []);
    return {
      lifecycle:
        world.environment(subject)?.value === 'production'
          ? 'production'
          : 'experimental',
      // The plain API kind wants a definition, the model of MCP servers wants remotes: both are given.
      definition: [
        `${subject.data.serverKind} ${subject.objectName}, ${subject.data.transport}`,
        ...tools.map(tool => `- ${tool}`),
      ].join('\n'),
      remotes: remotesOf(subject, world.selection),
    };
  },

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [answeredBy],
};
