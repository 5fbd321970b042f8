import { NotAllowedError } from '@backstage/errors';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../allowed/loopback';

/**
 * Refuses requests that do not come from this machine, or that a browser sends
 * under another name than this machine's: a page of a foreign site whose name
 * was pointed at loopback would otherwise be of the same origin.
 */
export function requireLocal(req: IncomingMessage): void {
  const host = req.headers.host?.replace(/:\d+$/, '') ?? '';
  if (!isLoopback(req.socket.remoteAddress ?? '') || !isLoopback(host)) {
    throw new NotAllowedError('Personas exist on this machine only');
  }
}
