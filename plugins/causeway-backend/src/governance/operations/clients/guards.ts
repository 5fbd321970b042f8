import { NotAllowedError } from '@backstage/errors';
import type { RequestGuard } from './JsonTransport';

function refuse(what: string): never {
  throw new NotAllowedError(
    `A plan must not write: ${what} is not sent. Only execute and rollback of an operation may change a source`,
  );
}

/** Reads, and nothing that takes effect. */
export const readsOnly: RequestGuard = ({ method, path, query }) => {
  if (method !== 'GET') {
    refuse(`${method} ${path}`);
  }
  // Argo CD writes an annotation on the Application for it, and may begin a sync.
  if (query?.refresh !== undefined || path.includes('?')) {
    refuse(`${method} ${path} with a refresh`);
  }
};

/** A Kubernetes write that the server only tries: exactly `dryRun=All`. */
export const dryRunsOnly: RequestGuard = ({ method, path, query }) => {
  if (method !== 'PATCH' || query?.dryRun !== 'All' || path.includes('?')) {
    refuse(`${method} ${path} without dryRun=All`);
  }
};

/** For executions. Paths carry no query of their own, so that guards and servers read the same request. */
export const anything: RequestGuard = ({ method, path }) => {
  if (path.includes('?')) {
    throw new NotAllowedError(`${method} ${path} has a query in its path`);
  }
};
