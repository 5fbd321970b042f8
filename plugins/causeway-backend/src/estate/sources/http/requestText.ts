import type { IncomingHttpHeaders } from 'node:http';
import {
  type OutgoingRequest,
  openResponse,
  SilenceError,
} from './openResponse';

/** A whole response. */
export interface TextResponse {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A body larger than is taken. */
export class BodyTooLargeError extends Error {
  name = 'BodyTooLargeError' as const;

  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`The answer is larger than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Bounds of a request whose answer is read whole. */
export interface TextRequest extends Omit<
  OutgoingRequest,
  'headersTimeout' | 'silenceTimeout'
> {
  /** Milliseconds for all of it. */
  timeout: number;
  maxBytes: number;
}

/** Reads a whole response, bounded in time and bytes. */
export async function requestText(request: TextRequest): Promise<TextResponse> {
  const started = Date.now();
  const { status, headers, body } = await openResponse({
    ...request,
    headersTimeout: request.timeout,
    silenceTimeout: request.timeout,
  });
  const late = setTimeout(
    () => body.destroy(new SilenceError('The answer took too long')),
    Math.max(0, request.timeout - (Date.now() - started)),
  );
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > request.maxBytes) {
        throw new BodyTooLargeError(request.maxBytes);
      }
      chunks.push(chunk);
    }
    return { status, headers, text: Buffer.concat(chunks).toString('utf8') };
  } finally {
    clearTimeout(late);
    body.destroy();
  }
}
