import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError } from '@backstage/errors';
import type { Entrance } from '@causeway/backstage-plugin-causeway-common';
import type { SubjectConfig } from '../config/GateConfig';
import type { Caller, Principal } from './Principal';
import { scaffolder } from './progressOnly';
import { readSession } from './readSession';

const mcp = 'plugin:mcp-actions';

/** Entrances by the plugin that stands between; everything else came through the face that was called. */
const entrances: Readonly<Record<string, Entrance>> = {
  [mcp]: 'mcp',
  [scaffolder]: 'template',
};

/** How Backstage's principals look; other shapes are not let in. */
type KnownPrincipal =
  | { type: 'user'; userEntityRef: string; actor?: { subject: string } }
  | { type: 'service'; subject: string }
  | { type: 'none' };

function refusalOf(subject: string): string {
  if (subject === mcp) {
    return 'A static token reads only over MCP, because whose token it is gets lost on the way. Connect the MCP client with the token of the person it works for, or ask over REST with a subject that causeway.gate.subjects names';
  }
  if (subject.startsWith('plugin:')) {
    return `The plugin ${subject.slice('plugin:'.length)} calls for itself, and plugins never ask: forward the credentials of the person it works for`;
  }
  return `The subject ${subject} may only read. To let it ask, name it under causeway.gate.subjects with its operations, environments and who answers for it`;
}

function identify(
  principal: KnownPrincipal,
  options: { subjects: readonly SubjectConfig[]; authorization?: string },
): Principal {
  switch (principal?.type) {
    case 'user': {
      const ref = stringifyEntityRef(parseEntityRef(principal.userEntityRef));
      const actor = principal.actor?.subject;
      return {
        kind: 'user',
        ref,
        ...(actor !== undefined && { actor }),
        session:
          actor === undefined
            ? readSession(options.authorization, ref)
            : 'unknown',
      };
    }
    case 'service': {
      const configured = options.subjects.find(
        ({ subject }) => subject === principal.subject,
      );
      return configured
        ? {
            kind: 'subject',
            ref: `subject:${configured.name}`,
            operations: configured.operations,
            environments: configured.environments,
            accountable: configured.accountable,
          }
        : {
            kind: 'other',
            ref: principal.subject,
            refusal: refusalOf(principal.subject),
          };
    }
    default:
      throw new AuthenticationError('Sign in, or bring a token');
  }
}

/**
 * Tells callers apart by their credentials, never by what they say.
 *
 * @throws AuthenticationError for nobody
 */
export function identifyCaller(
  credentials: BackstageCredentials,
  options: {
    /** The face that was called. */
    face: Extract<Entrance, 'rest' | 'action'>;
    subjects: readonly SubjectConfig[];
    /** Header of the request; httpAuth has verified its token. */
    authorization?: string;
  },
): Caller {
  const known = credentials.principal as KnownPrincipal;
  const principal = identify(known, options);
  const through =
    principal.kind === 'user'
      ? principal.actor
      : (known as { subject?: string }).subject;
  return { principal, entrance: entrances[through ?? ''] ?? options.face };
}
