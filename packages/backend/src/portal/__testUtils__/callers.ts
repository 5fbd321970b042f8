import type { Server } from 'node:http';
import request, { type Test } from 'supertest';

/** Somebody or something that calls the gate over REST. */
export interface Caller {
  get(path: string): Test;
  post(path: string, body?: unknown): Test;
}

/** Calls with a token, or as nobody. */
export function callerOf(server: Server, token?: string): Caller {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return {
    get: path => request(server).get(`/api/causeway${path}`).set(headers),
    post: (path, body) => {
      const call = request(server).post(`/api/causeway${path}`).set(headers);
      return body === undefined
        ? call
        : call
            .set('content-type', 'application/json')
            .send(typeof body === 'string' ? body : JSON.stringify(body));
    },
  };
}
