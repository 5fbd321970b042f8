import { KubernetesObject, ResourceType } from '../model';
import { typeName } from './builtInTypes';
import { objectKey } from './objectKeys';

/** Where a dependent is found. */
export interface Dependent {
  type: ResourceType;
  name: string;
  namespace?: string;
}

/** Who depends on whom, by the owner's uid: what garbage collection asks. */
export class OwnerIndex {
  readonly #dependents = new Map<string, Map<string, Dependent>>();

  /** Follows an object's owner references from one state to the next. */
  update(
    type: ResourceType,
    before: KubernetesObject | undefined,
    after: KubernetesObject | undefined,
  ): void {
    for (const { uid } of before?.metadata.ownerReferences ?? []) {
      const owned = this.#dependents.get(uid);
      owned?.delete(idOf(type, before!));
      if (owned?.size === 0) this.#dependents.delete(uid);
    }
    for (const { uid } of after?.metadata.ownerReferences ?? []) {
      const { name, namespace } = after!.metadata;
      const owned = this.#dependents.get(uid) ?? new Map<string, Dependent>();
      owned.set(idOf(type, after!), { type, name, namespace });
      this.#dependents.set(uid, owned);
    }
  }

  dependentsOf(uid: string): Dependent[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }
}

function idOf(type: ResourceType, { metadata }: KubernetesObject): string {
  return `${typeName(type)} ${objectKey(metadata.name, metadata.namespace)}`;
}
