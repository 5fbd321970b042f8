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
  const messages = [];
  for (const { port, part } of needed) {
    if ((await taken(port, '127.0.0.1')) || (await taken(port, '::1'))) {
      messages.push(`Port ${port} is taken, and the ${part} needs it.`);
    }
  }
  if (messages.length) {
    throw new Failure(
      `${messages.join('\n')}\nIs another portal running? \`ss -ltnp\` (Linux) or \`lsof -i :${needed[0].port}\` (macOS) tells what listens there; stop it and start again.`,
      2,
    );
  }
}
