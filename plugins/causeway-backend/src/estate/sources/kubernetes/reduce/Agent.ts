import type {
  ObservedAgent,
  ObservedObjectReference,
} from '../../../observations/model';
import { type JsonRecord, record, records, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';
import { reduceObjectReference } from './objectReference';

const group = 'kagent.dev';

/** Reduces an Agent of `v1alpha2`, and of `v1alpha1`, whose fields stand in `spec` itself. */
export function reduceAgent(object: JsonRecord): ObservedAgent | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const declared = record(spec.declarative) ?? spec;
  return {
    meta,
    description: text(spec.description, 400),
    agentType: text(spec.type, 32),
    model: text(declared.modelConfig, 253),
    uses: records(declared.tools, 64).flatMap(tool => reduceTool(tool) ?? []),
    conditions: reduceConditions(record(object.status)?.conditions),
  };
}

function reduceTool(tool: JsonRecord): ObservedObjectReference | undefined {
  const server = record(tool.mcpServer);
  const agent = record(tool.agent);
  if (tool.type === 'Agent' || (agent && !server)) {
    return (
      reduceObjectReference(agent, { group, kind: 'Agent' }) ??
      fromText(agent?.ref, 'Agent')
    );
  }
  return (
    reduceObjectReference(server, { group, kind: 'MCPServer' }) ??
    fromText(server?.toolServer, 'ToolServer')
  );
}

/** `v1alpha1` writes `namespace/name`, or a name in the agent's own namespace. */
function fromText(
  value: unknown,
  kind: string,
): ObservedObjectReference | undefined {
  const parts = text(value, 507)?.split('/') ?? [];
  const name = parts.pop();
  return name ? { group, kind, name, namespace: parts.pop() } : undefined;
}
