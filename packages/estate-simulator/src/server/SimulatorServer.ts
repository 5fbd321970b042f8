import express, { Express, RequestHandler, Response } from 'express';
import http from 'node:http';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import { Timers } from '../kubernetes/Timers';
import { createLoopbackCertificate } from './certificates';
import { createFaultRoutes } from './faultRoutes';
import { createFaults, Faults } from './faults';

/** What is served under which path, e.g. `/clusters/production-eu`. */
export interface Mount {
  path: string;
  router: RequestHandler;
}

/** Options of {@link createSimulatorServer}. */
export interface SimulatorServerOptions {
  /**
   * What is served; or the way to make it, for what has to know its own
   * address. Requests that come earlier wait.
   */
  mounts: Mount[] | ((addresses: ServerAddresses) => Mount[]);
  /** Port of the plain listener; any free one when absent or 0. */
  httpPort?: number;
  /** Port of the TLS listener; any free one when absent or 0. */
  httpsPort?: number;
  timers?: Timers;
}

/** Where a server listens. */
export interface ServerAddresses {
  /** `http://127.0.0.1:<port>`. */
  readonly httpUrl: string;
  /** `https://127.0.0.1:<port>`. */
  readonly httpsUrl: string;
}

/** A running server of the simulated estate. */
export interface SimulatorServer extends ServerAddresses {
  /** PEM of the authority that signed the TLS listener's certificate. */
  readonly caCertificate: string;
  readonly faults: Faults;
  /**
   * Breaks the connections of requests in progress, such as watches, whose
   * path starts so; returns how many.
   */
  disconnect(pathPrefix?: string): number;
  /** Ends everything at once, open watches as well. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

async function listen(
  server: http.Server | https.Server,
  port: number,
  option: string,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `port ${port} of ${host} is taken: stop what listens there or choose another ${option}`,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function stop(server: http.Server | https.Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function createApp(faults: Faults, track: RequestHandler): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(track);
  app.use(faults.middleware);
  return app;
}

/**
 * Starts the simulated estate on loopback: one plain listener and one with TLS
 * for the same routes. The faults' own routes, `/simulator/faults`, are on the
 * plain listener alone and never befallen by faults.
 *
 * @throws Error that names the port when one is taken
 */
export async function createSimulatorServer(
  options: SimulatorServerOptions,
): Promise<SimulatorServer> {
  const faults = createFaults({ timers: options.timers });
  const inProgress = new Map<Response, string>();
  // A request that comes before everything is mounted waits instead of
  // getting a 404, which would say that something does not exist.
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const app = createApp(faults, (req, res, next) => {
    inProgress.set(res, req.originalUrl);
    res.on('close', () => inProgress.delete(res));
    opened.then(() => next());
  });
  const plain = express();
  plain.disable('x-powered-by');
  plain.use('/simulator/faults', createFaultRoutes(faults));
  plain.use(app);

  const certificate = await createLoopbackCertificate();
  const httpServer = http.createServer(plain);
  const httpsServer = https.createServer(certificate, app);
  const httpPort = await listen(httpServer, options.httpPort ?? 0, 'httpPort');
  let httpsPort: number;
  try {
    httpsPort = await listen(httpsServer, options.httpsPort ?? 0, 'httpsPort');
  } catch (error) {
    await stop(httpServer);
    throw error;
  }
  const addresses = {
    httpUrl: `http://${host}:${httpPort}`,
    httpsUrl: `https://${host}:${httpsPort}`,
  };
  try {
    const { mounts } = options;
    for (const { path, router } of typeof mounts === 'function'
      ? mounts(addresses)
      : mounts) {
      app.use(path, router);
    }
    open();
  } catch (error) {
    await Promise.all([stop(httpServer), stop(httpsServer)]);
    throw error;
  }
  return {
    ...addresses,
    caCertificate: certificate.ca,
    faults,
    disconnect(pathPrefix = '') {
      const hit = [...inProgress].filter(([, path]) =>
        path.startsWith(pathPrefix),
      );
      for (const [res] of hit) res.destroy();
      return hit.length;
    },
    async close() {
      await Promise.all([stop(httpServer), stop(httpsServer)]);
    },
  };
}
