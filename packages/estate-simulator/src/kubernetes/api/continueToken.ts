import { at } from '../objects/json';
import { badRequest } from '../objects/StatusError';

/** Where a chunked list goes on. */
export interface ContinueToken {
  /** The snapshot; -1 to go on at the current state, accepting inconsistency. */
  resourceVersion: number;
  /** The first key that may come, relative to the list's namespace. */
  start: string;
}

const version = 'meta.k8s.io/v1';

/** Writes the token as the API server does, opaque to clients. */
export function encodeContinue(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({
      v: version,
      rv: token.resourceVersion,
      start: token.start,
    }),
  ).toString('base64url');
}

function malformed(why: string) {
  return badRequest(
    `invalid continue token: continue key is not valid: ${why}`,
  );
}

/**
 * Reads a token.
 *
 * @throws StatusError 400 when it is none of ours
 */
export function decodeContinue(text: string): ContinueToken {
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(text)) {
    throw malformed('illegal base64 data at input byte 0');
  }
  const decoded = Buffer.from(text, 'base64url').toString();
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoded);
  } catch {
    throw malformed(
      decoded
        ? `invalid character '${decoded.trimStart()[0]}' looking for beginning of value`
        : 'unexpected end of JSON input',
    );
  }
  const resourceVersion = at(parsed, 'rv');
  const start = at(parsed, 'start');
  if (at(parsed, 'v') !== version) {
    throw malformed(
      `server does not recognize this encoded version "${String(
        at(parsed, 'v') ?? '',
      )}"`,
    );
  }
  if (typeof resourceVersion !== 'number' || resourceVersion === 0) {
    throw malformed(
      `incorrect encoded start resourceVersion (version ${version})`,
    );
  }
  if (typeof start !== 'string' || start === '') {
    throw malformed(`encoded start key empty (version ${version})`);
  }
  return { resourceVersion, start };
}
