import { request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was answered to a body that does not end, and how much of it was sent by then. */
export interface EndlessAnswer {
  status: number;
  text: string;
  /** Bytes. */
  sent: number;
}

/** Bytes after which whoever still listens has no limit. */
const enough = 64 * 1024 * 1024;

/** Posts a list that goes on until somebody answers. */
export function endlessPost(options: {
  server: Server;
  path: string;
  token: string;
  headers?: Record<string, string>;
}): Promise<EndlessAnswer> {
  const { port } = options.server.address() as AddressInfo;
  const item = `${'1,'.repeat(8_192)}`;
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = false;
    const call = request(
      {
        port,
        host: 'localhost',
        method: 'POST',
        path: options.path,
        headers: {
          authorization: `Bearer ${options.token}`,
          'content-type': 'application/json',
          ...options.headers,
        },
      },
      response => {
        answered = true;
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () => {
          call.destroy();
          resolve({ status: response.statusCode!, text, sent });
        });
      },
    );
    // A server that has answered may close while more is on its way.
    call.on('error', error => {
      if (!answered) {
        reject(error);
      }
    });
    const go = () => {
      while (!answered && !call.destroyed) {
        if (sent > enough) {
          call.destroy(new Error(`Nobody minded ${sent} bytes`));
          return;
        }
        sent += item.length;
        if (!call.write(item)) {
          call.once('drain', go);
          return;
        }
      }
    };
    call.write('{"input":{"a":[');
    go();
  });
}
