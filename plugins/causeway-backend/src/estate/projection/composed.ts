import type { EntityContext } from './model';

/** Whether the state and the environments of an entity are those of its parts: of a Component that runs somewhere. */
export function isComposed(
  context: EntityContext | undefined,
): context is EntityContext & { instanceRefs: string[] } {
  return (context?.instanceRefs?.length ?? 0) > 0;
}
