import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

/**
 * The provider that owns every ingested entity. It does nothing but keep the
 * connection: the catalog's start waits for `connect`, and a provider that is
 * not there when the catalog starts loses all its entities.
 */
export class CausewayEntityProvider implements EntityProvider {
  #connection?: EntityProviderConnection;

  /** The connection, once the catalog has given it. */
  get connection(): EntityProviderConnection | undefined {
    return this.#connection;
  }

  getProviderName(): string {
    return 'causeway';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }
}
