import { NextFunction, Request, RequestHandler, Response } from 'express';
import { systemTimers, Timers } from '../kubernetes/Timers';
import { rewriteAnswer, RewriteName } from './rewrites';

/** What goes wrong, on which requests. */
export interface Fault {
  /** Any method when absent. */
  method?: string;
  /** Path with query, as the client sent it: a prefix or a pattern. */
  path: RegExp | string;
  /** Answer with this status instead of the real answer. */
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Wait before anything else happens. */
  delayMs?: number;
  /** Break the connection before the answer, or in the middle of it. */
  cut?: 'before' | 'middle';
  /** Let the request take effect, and never answer: the client's patience ends it. */
  mute?: boolean;
  /** Let the real answer through, but wrong: a list that is empty, cut, malformed. */
  rewrite?: RewriteName;
  /** How many requests it befalls; all of them when absent. */
  times?: number;
}

/** The faults of a server. */
export interface Faults {
  /** Adds a fault; returns its id. */
  add(fault: Fault): string;
  /** Takes one out; `false` when it was gone. */
  remove(id: string): boolean;
  clear(): void;
  list(): (Fault & { id: string; seen: number })[];
  middleware: RequestHandler;
}

type Entry = Fault & { id: string; seen: number };

function applies(fault: Entry, req: Request): boolean {
  if (fault.method && fault.method.toUpperCase() !== req.method) return false;
  if (fault.times !== undefined && fault.seen >= fault.times) return false;
  return typeof fault.path === 'string'
    ? req.originalUrl.startsWith(fault.path)
    : fault.path.test(req.originalUrl);
}

// Half of the first chunk reaches the client, then the line is dead.
function cutInTheMiddle(res: Response): void {
  const write = res.write.bind(res) as (data: unknown) => boolean;
  const breakOff = (chunk: unknown) => {
    const data = Buffer.from((chunk as string | Uint8Array) ?? '');
    if (!res.headersSent) {
      res.setHeader('Content-Length', Math.max(data.length, 1));
    }
    write(data.subarray(0, Math.floor(data.length / 2)));
    // The half must leave before the socket closes.
    setImmediate(() => res.socket?.destroySoon());
    return true;
  };
  res.write = breakOff as typeof res.write;
  res.end = ((chunk?: unknown) => {
    breakOff(typeof chunk === 'function' ? undefined : chunk);
    return res;
  }) as typeof res.end;
}

// What was asked for is done; nobody hears of it.
function swallowAnswer(res: Response): void {
  res.write = (() => true) as typeof res.write;
  res.end = (() => res) as typeof res.end;
}

// The whole answer is collected before it can be made wrong.
function rewriteBody(name: RewriteName, res: Response): void {
  const end = res.end.bind(res) as (data: unknown) => Response;
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      chunks.push(Buffer.from(chunk as string));
    }
    return true;
  };
  res.write = keep as typeof res.write;
  res.end = ((chunk?: unknown) => {
    keep(chunk);
    const text = rewriteAnswer(name, Buffer.concat(chunks).toString('utf8'));
    if (!res.headersSent) {
      res.removeHeader('ETag');
      res.setHeader('Content-Length', Buffer.byteLength(text));
    }
    return end(text);
  }) as typeof res.end;
}

function answer(fault: Fault, res: Response): void {
  res.status(fault.status ?? 200).set(fault.headers ?? {});
  if (typeof fault.body === 'string') res.end(fault.body);
  else if (fault.body === undefined) res.end();
  else res.json(fault.body);
}

/** Creates the faults of a server: see {@link Faults}. */
export function createFaults(options: { timers?: Timers } = {}): Faults {
  const timers = options.timers ?? systemTimers;
  let entries: Entry[] = [];
  let count = 0;

  const strike = (
    fault: Fault,
    req: Request,
    res: Response,
    next: NextFunction,
  ) => {
    if (fault.cut === 'before') {
      req.socket.destroy();
      return;
    }
    if (fault.cut === 'middle') cutInTheMiddle(res);
    if (fault.mute) swallowAnswer(res);
    if (fault.status !== undefined || fault.body !== undefined) {
      answer(fault, res);
      return;
    }
    if (fault.headers) res.set(fault.headers);
    if (fault.rewrite) rewriteBody(fault.rewrite, res);
    next();
  };

  return {
    add(fault) {
      count++;
      const id = String(count);
      entries.push({ ...fault, id, seen: 0 });
      return id;
    },
    remove(id) {
      const before = entries.length;
      entries = entries.filter(entry => entry.id !== id);
      return entries.length < before;
    },
    clear() {
      entries = [];
    },
    list: () => entries.map(entry => ({ ...entry })),
    middleware(req, res, next) {
      const fault = entries.find(entry => applies(entry, req));
      if (!fault) {
        next();
        return;
      }
      fault.seen++;
      if (!fault.delayMs) {
        strike(fault, req, res, next);
        return;
      }
      const cancel = timers.after(fault.delayMs, () =>
        strike(fault, req, res, next),
      );
      res.on('close', cancel);
    },
  };
}
