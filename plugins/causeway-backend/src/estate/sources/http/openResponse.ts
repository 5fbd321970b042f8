import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';

/** One request to an address from the configuration. */
export interface OutgoingRequest {
  url: URL;
  method?: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  agent?: http.Agent;
  signal: AbortSignal;
  /** Milliseconds until the response's headers must be there. */
  headersTimeout: number;
  /** Milliseconds of silence after which the connection counts as dead. */
  silenceTimeout: number;
}

/** A response whose body has not been read yet. */
export interface OpenResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Fails with `ECONNRESET` when the connection is cut before the body's end. */
  body: Readable;
}

/** A connection on which nothing happened for too long. */
export class SilenceError extends Error {
  name = 'SilenceError' as const;

  readonly code = 'ETIMEDOUT';
}

/**
 * Sends a request and answers as soon as the headers are there. Node's own
 * client follows no redirects, which is what we want: a redirect is an answer
 * like any other.
 */
export function openResponse(request: OutgoingRequest): Promise<OpenResponse> {
  return new Promise((resolve, reject) => {
    const transport = request.url.protocol === 'https:' ? https : http;
    const outgoing = transport.request(request.url, {
      method: request.method ?? 'GET',
      headers: {
        'user-agent': 'causeway',
        ...request.headers,
        ...(request.body === undefined
          ? {}
          : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
      agent: request.agent,
      signal: request.signal,
    });
    const late = setTimeout(() => {
      outgoing.destroy(new SilenceError('No answer in time'));
    }, request.headersTimeout);
    outgoing.setTimeout(request.silenceTimeout, () => {
      outgoing.destroy(new SilenceError('The connection went silent'));
    });
    outgoing.once('error', error => {
      clearTimeout(late);
      reject(error);
    });
    outgoing.once('response', response => {
      clearTimeout(late);
      // Without a listener an error after this point would end the process.
      outgoing.on('error', error => response.destroy(error));
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: response,
      });
    });
    outgoing.end(request.body);
  });
}
