import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

/** Whether something listens on the port of a loopback address. */
function taken(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code === 'EADDRINUSE'));
    server.listen({ port, host }, () => server.close(() => resolve(false)));
  });
}

/**
 * Refuses to start when a port that a part needs is taken.
 *
 * @param {{ port: number, part: string }[]} needed
 */
export async function checkPorts(needed) {
  const found = [];
  for (const { port, part } of needed) {
    if ((await taken(port, '127.0.0.1')) || (await taken(port, '::1'))) {
      found.push({ port, part });
    }
  }
  if (found.length) {
    const messages = found.map(
      ({ port, part }) => `Port ${port} is taken, and the ${part} needs it.`,
    );
    throw new Failure(
      `${messages.join('\n')}\nIs another portal running? \`ss -ltnp\` (Linux) or \`lsof -i :${found[0].port}\` (macOS) tells what listens there; stop it and start again.`,
      2,
    );
  }
}
