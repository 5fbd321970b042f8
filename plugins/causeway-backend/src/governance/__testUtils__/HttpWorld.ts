import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Where an execution is stopped; whoever executes hears nothing more. */
export type Stop =
  /** It has looked, and not written. */
  | 'before-write'
  /** Its write arrived, and is dropped when it is gone. */
  | 'write-dropped'
  /** Its write arrived, and takes effect when it is gone. */
  | 'write-late'
  /** Its write arrived, and takes effect once the next one has looked. */
  | 'write-overtaken'
  /** Its write took effect. */
  | 'answer-lost';

interface HttpDial {
  value: number;
  /** Ids of the requests that wrote, in order. */
  writes: string[];
  stop?: Stop;
  /** A write that waits for the next look. */
  waiting?: () => void;
}

/** A write as a replica sends it. */
export interface DialWrite {
  from: number;
  to: number;
  requestId: string;
  worker: string;
}

/** Dials behind HTTP: who turned them is counted outside of whoever is killed. */
export class HttpWorld {
  readonly #dials = new Map<string, HttpDial>();
  readonly #server: Server;
  /** Who was stopped at which dial. */
  readonly stopped = new Map<string, string>();
  /** Called at each write that takes effect. */
  onWrite: (write: DialWrite) => void = () => {};

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  static async start(): Promise<HttpWorld> {
    const world = new HttpWorld();
    world.#server.listen(0, '127.0.0.1');
    await once(world.#server, 'listening');
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(name: string, stop?: Stop): void {
    this.#dials.set(name, { value: 10, writes: [], stop });
  }

  dial(name: string): HttpDial {
    return this.#dials.get(name)!;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const [, name, worker] = request.url!.split('/');
    const dial = this.#dials.get(name);
    const send = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (!dial) {
      send(404, {});
      return;
    }
    const { stop } = dial;
    if (request.method === 'GET') {
      // With a worker's name it is the last look before a write.
      if (worker && stop === 'before-write') {
        this.#stop(name, worker);
        return;
      }
      send(200, { value: dial.value });
      if (worker) {
        dial.waiting?.();
      }
      return;
    }
    const write = (await json(request)) as DialWrite;
    const apply = () => {
      if (dial.value !== write.from) {
        return false;
      }
      dial.value = write.to;
      dial.writes.push(write.requestId);
      this.onWrite(write);
      return true;
    };
    if (!stop) {
      send(apply() ? 200 : 409, { value: dial.value });
      return;
    }
    if (stop === 'answer-lost') {
      apply();
    } else if (stop === 'write-late') {
      response.once('close', apply);
    } else if (stop === 'write-overtaken') {
      dial.waiting = apply;
    }
    this.#stop(name, write.worker);
  }

  #stop(name: string, worker: string): void {
    this.dial(name).stop = undefined;
    this.stopped.set(name, worker);
  }
}
