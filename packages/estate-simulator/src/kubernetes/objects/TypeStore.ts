import { KubernetesObject } from '../model';
import { lowerBound } from './objectKeys';

/** The live objects of one type, with their keys in order. */
export class TypeStore {
  readonly #objects = new Map<string, KubernetesObject>();
  // Built by the first list: sorting while a seed pours in would be wasted.
  #sorted: string[] | undefined;
  // A list in many pages would otherwise put them together for each page.
  #entries: [string, KubernetesObject][] | undefined;

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): KubernetesObject | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: KubernetesObject): void {
    if (this.#sorted && !this.#objects.has(key)) {
      this.#sorted.splice(lowerBound(this.#sorted, key), 0, key);
    }
    this.#entries = undefined;
    this.#objects.set(key, object);
  }

  delete(key: string): void {
    this.#entries = undefined;
    if (this.#objects.delete(key) && this.#sorted) {
      this.#sorted.splice(lowerBound(this.#sorted, key), 1);
    }
  }

  /** Keys and objects in order, of one namespace or of all. */
  entries(namespace?: string): readonly [string, KubernetesObject][] {
    this.#sorted ??= [...this.#objects.keys()].sort();
    const keys = this.#sorted;
    this.#entries ??= keys.map(key => [
      key,
      this.#objects.get(key) as KubernetesObject,
    ]);
    return namespace
      ? this.#entries.slice(
          lowerBound(keys, `${namespace}/`),
          // '0' is the character after '/'.
          lowerBound(keys, `${namespace}0`),
        )
      : this.#entries;
  }
}
