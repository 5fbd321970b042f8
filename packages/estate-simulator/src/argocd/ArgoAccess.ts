import { ArgoError } from './ArgoError';

/** An account of an Argo CD and its token. */
export interface ArgoAccess {
  token: string;
  account: string;
  /** May sync, roll back and run actions; reading is for every account. */
  write: boolean;
}

/** Finds the account of a request; throws Argo CD's 401 without one. */
export function authenticate(
  authorization: string | undefined,
  cookie: string | undefined,
  known: readonly ArgoAccess[],
): ArgoAccess {
  const token =
    /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ??
    /(?:^|;\s*)argocd\.token=([^;]+)/.exec(cookie ?? '')?.[1];
  if (!token) {
    throw ArgoError.unauthenticated('no session information');
  }
  const access = known.find(one => one.token === token);
  if (!access) {
    throw ArgoError.unauthenticated(
      'invalid session: token signature is invalid',
    );
  }
  return access;
}

const readable = [
  'applications',
  'applicationsets',
  'projects',
  'clusters',
  'repositories',
];

/** Whether an account may do something, as `can-i` answers. */
export function isAllowed(
  access: ArgoAccess,
  resource: string,
  action: string,
): boolean {
  if (action === 'get') {
    return readable.includes(resource);
  }
  return (
    access.write &&
    resource === 'applications' &&
    (action === 'sync' || action.startsWith('action'))
  );
}
