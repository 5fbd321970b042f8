import {
  type EstateSource,
  SourceError,
  type SourceListPage,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';

/**
 * Stands in for a source whose configuration cannot be used: what is known of
 * it stays and shows the reason, and the other sources go on.
 */
export class MisconfiguredSource implements EstateSource {
  readonly id: string;

  readonly kind: EstateSource['kind'];

  readonly title: string;

  readonly address = 'not configured';

  readonly #partitions: SourcePartition[];

  readonly #message: string;

  constructor(options: {
    id: string;
    kind: EstateSource['kind'];
    partitions: SourcePartition[];
    message: string;
  }) {
    this.id = options.id;
    this.title = options.id;
    this.kind = options.kind;
    this.#partitions = options.partitions;
    this.#message = options.message;
  }

  partitions(): SourcePartition[] {
    return this.#partitions;
  }

  // eslint-disable-next-line require-yield -- it never has anything to give
  async *list(): AsyncGenerator<SourceListPage> {
    throw new SourceError({ reason: 'misconfigured', message: this.#message });
  }
}
