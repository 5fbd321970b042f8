import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An agent: an MCP client with somebody's token at the portal's named server. */
export interface Agent {
  tools(): Promise<string[]>;
  /** Names of what a tool takes. */
  takes(name: string): Promise<string[]>;
  /** What a tool answers; an answer has no type here, as for a model. */
  call(
    name: string,
    input: Record<string, unknown>,
  ): Promise<{ text: string; isError: boolean; answer: any }>;
  close(): Promise<void>;
}

export async function connectAgent(
  server: Server,
  token: string,
): Promise<Agent> {
  const { port } = server.address() as AddressInfo;
  const client = new Client({ name: 'agent', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL(`http://localhost:${port}/api/mcp-actions/v1/causeway`),
      { requestInit: { headers: { authorization: `Bearer ${token}` } } },
    ),
  );
  return {
    tools: async () =>
      (await client.listTools()).tools.map(({ name }) => name).sort(),
    async takes(name) {
      const { tools } = await client.listTools();
      const tool = tools.find(one => one.name === `causeway.${name}`);
      return Object.keys(tool?.inputSchema.properties ?? {}).sort();
    },
    async call(name, input) {
      const result = await client.callTool({
        name: `causeway.${name}`,
        arguments: input,
      });
      const [content] = result.content as { text: string }[];
      return {
        text: content.text,
        isError: result.isError === true,
        answer: result.structuredContent,
      };
    },
    close: () => client.close(),
  };
}
