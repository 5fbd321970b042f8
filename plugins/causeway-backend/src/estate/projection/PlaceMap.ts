/**
 * Values by cluster and namespace. Both names are hashed already, and a key put
 * together of them would have to be hashed each time that it is asked for.
 */
export class PlaceMap<T> {
  readonly #clusters = new Map<string, Map<string, T>>();

  get(cluster: string, namespace: string): T | undefined {
    return this.#clusters.get(cluster)?.get(namespace);
  }

  set(cluster: string, namespace: string, value: T): void {
    let namespaces = this.#clusters.get(cluster);
    if (!namespaces) {
      namespaces = new Map();
      this.#clusters.set(cluster, namespaces);
    }
    namespaces.set(namespace, value);
  }

  /** The value of a place; made where there is none. */
  of(cluster: string, namespace: string, make: () => T): T {
    let value = this.get(cluster, namespace);
    if (value === undefined) {
      value = make();
      this.set(cluster, namespace, value);
    }
    return value;
  }
}
