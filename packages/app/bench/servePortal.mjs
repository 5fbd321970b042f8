// The portal's production build with a backend that answers at once: what is
// measured is the browser's part.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Who is signed in: the one persona that is offered. */
function signIn() {
  const ref = 'user:default/ada-okafor';
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return {
    profile: { displayName: 'Ada Okafor' },
    providerInfo: {},
    backstageIdentity: {
      token: `${part({ alg: 'none' })}.${part({ sub: ref, exp })}.x`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: ref,
        ownershipEntityRefs: [ref, 'group:default/payments'],
      },
    },
  };
}

/**
 * Serves the build in `folder` at a free port of this machine. `answers` are by
 * path, and get what stands behind the question mark.
 */
export async function servePortal({ folder, answers }) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${server.address().port}`;
  const config = [
    {
      context: 'bench',
      data: {
        app: { title: 'Causeway', baseUrl: address },
        organization: { name: 'Causeway' },
        backend: { baseUrl: address },
        auth: { environment: 'development' },
      },
    },
  ];
  const index = readFileSync(join(folder, 'index.html'), 'utf8').replace(
    /(<script type="backstage.io\/config">)[^]*?(<\/script>)/,
    (_all, begin, end) => `${begin}${JSON.stringify(config)}${end}`,
  );
  const all = {
    '/api/auth/personas/list': () => ({
      default: 'ada',
      personas: [{ name: 'ada', displayName: 'Ada Okafor', title: 'On-call' }],
    }),
    '/api/auth/personas/refresh': signIn,
    '/api/notifications/status': () => ({ unread: 0, read: 0 }),
    ...answers,
  };
  const files = new Map();
  const readFile = path => {
    if (!files.has(path)) {
      files.set(path, readFileSync(join(folder, normalize(path))));
    }
    return files.get(path);
  };
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url, address);
    const send = (status, type, body) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const answer = all[pathname];
    if (answer) {
      send(200, types['.json'], JSON.stringify(answer(searchParams)));
    } else if (pathname.startsWith('/api/')) {
      send(404, types['.json'], '{}');
    } else if (pathname.startsWith('/static/')) {
      send(
        200,
        types[extname(pathname)] ?? 'application/octet-stream',
        readFile(pathname),
      );
    } else {
      send(200, types['.html'], index);
    }
  });
  return {
    address,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
