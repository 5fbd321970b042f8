import type { ObservedToolServer } from '../../../observations/model';
import { type JsonRecord, record, records, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

type Address = ObservedToolServer['address'];

const transports: Record<
  ObservedToolServer['serverKind'],
  (spec: JsonRecord) => { transport: string; address?: Address }
> = {
  RemoteMCPServer: spec => ({
    transport: spec.protocol === 'SSE' ? 'sse' : 'streamable-http',
    address: reduceAddress(spec.url),
  }),
  // It is reached through its own Service, whatever it speaks inside its pod.
  MCPServer: () => ({ transport: 'streamable-http' }),
  ToolServer: spec => {
    const config = record(spec.config);
    const http = record(config?.streamableHttp);
    const sse = record(config?.sse);
    if (!http && !sse) {
      return { transport: 'stdio' };
    }
    return {
      transport: http ? 'streamable-http' : 'sse',
      address: reduceAddress((http ?? sse)!.url),
    };
  },
};

/** Reduces one of the three kinds of tool servers that kagent knows. */
export function reduceToolServer(
  serverKind: ObservedToolServer['serverKind'],
): (object: JsonRecord) => ObservedToolServer | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    if (!meta || !spec) {
      return undefined;
    }
    const status = record(object.status);
    return {
      meta,
      serverKind,
      description: text(spec.description, 400),
      ...transports[serverKind](spec),
      tools: records(status?.discoveredTools, 64).flatMap(
        tool => text(tool.name, 128) ?? [],
      ),
      conditions: reduceConditions(status?.conditions),
    };
  };
}

/** Paths as people give them to services; anything longer or stranger may be a key. */
const plainPath = /^(?:\/[a-z0-9._-]{1,24}){1,4}\/?$/i;

/** Hosts that only a cluster knows: one or two labels, or those of its own DNS. */
function isInside(host: string): boolean {
  return (
    /\.svc(?:\.cluster\.local)?$/.test(host) || host.split('.').length <= 2
  );
}

function reduceAddress(value: unknown): Address {
  let url: URL;
  try {
    url = new URL(text(value, 2048) ?? '');
  } catch {
    return undefined;
  }
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (!/^https?:$/.test(url.protocol) || !host || host.length > 253) {
    return undefined;
  }
  return {
    scheme: url.protocol.slice(0, -1),
    host,
    port: url.port ? Number(url.port) : undefined,
    path:
      isInside(host) && plainPath.test(url.pathname) ? url.pathname : undefined,
  };
}
