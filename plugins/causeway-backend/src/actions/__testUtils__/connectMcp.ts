import { mockCredentials } from '@backstage/backend-test-utils';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real MCP client, connected to a named server of a test backend. */
export async function connectMcp(
  server: Server,
  options: { name?: string; authorization?: string } = {},
): Promise<Client> {
  const { port } = server.address() as AddressInfo;
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL(
        `http://localhost:${port}/api/mcp-actions/v1/${options.name ?? 'causeway'}`,
      ),
      {
        requestInit: {
          headers: {
            authorization:
              options.authorization ?? mockCredentials.user.header(),
          },
        },
      },
    ),
  );
  return client;
}

/**
 * Calls a tool and reads its answer; the text is what a model would read. The
 * answer has no type here: what it looks like is what the tests ask.
 */
export async function callTool(
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<{ text: string; isError: boolean; answer: any }> {
  const result = await client.callTool({
    name: `causeway.${name}`,
    arguments: input,
  });
  const [content] = result.content as { type: string; text: string }[];
  return {
    text: content.text,
    isError: result.isError === true,
    answer: result.structuredContent,
  };
}
