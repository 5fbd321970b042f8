import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Permission } from '@backstage/plugin-permission-common';

/** What is missing and what is forbidden, in the same words (THREATS H15). */
export function noSuchRequest(id: string): NotFoundError {
  return new NotFoundError(
    `There is no request ${id} that you may see; check the id`,
  );
}

/** The permission that is missing. */
export function lacking(what: string, permission: Permission): NotAllowedError {
  return new NotAllowedError(
    `${what} asks for the permission ${permission.name}`,
  );
}
