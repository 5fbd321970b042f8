import type {
  PartitionStatus,
  SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';
import type { Ingestion } from '../createIngestion';
import type { Observation } from '../observations/model';
import type { ObservationChanges } from '../observations/ObservationStore';

/** Ingestion whose observations a test sets; everything counts as fresh unless it says otherwise. */
export class FakeIngestion implements Ingestion {
  readonly observations = {
    changesSince: async (
      mark: string | undefined,
    ): Promise<ObservationChanges> => this.#changesSince(mark),
  };
  readonly #changes: ({ upserted: Observation } | { removed: Observation })[] =
    [];
  readonly #living = new Map<string, Observation>();
  readonly #listeners = new Set<Parameters<Ingestion['onChange']>[0]>();
  readonly #states = new Map<string, Partial<PartitionStatus>>();

  constructor(observations: Observation[]) {
    this.set(observations);
  }

  /** Replaces everything that is observed. */
  set(observations: Observation[]): void {
    const next = new Map(
      observations.map(one => [`${one.partition}\0${one.key}`, one]),
    );
    for (const [key, removed] of this.#living) {
      if (!next.has(key)) {
        this.#living.delete(key);
        this.#changes.push({ removed });
      }
    }
    for (const [key, upserted] of next) {
      if (this.#living.get(key)?.hash !== upserted.hash) {
        this.#living.set(key, upserted);
        this.#changes.push({ upserted });
      }
    }
    this.#listeners.forEach(listener =>
      listener({ partition: 'any', observations: true }),
    );
  }

  /** Changes the state of a partition. */
  mark(partition: string, state: Partial<PartitionStatus>): void {
    this.#states.set(partition, state);
  }

  onChange(listener: Parameters<Ingestion['onChange']>[0]): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async status(): Promise<SourceStatus[]> {
    const sources = new Map<string, SourceStatus>();
    for (const { source, partition } of this.#living.values()) {
      const status = sources.get(source) ?? {
        id: source,
        kind: 'kubernetes',
        title: source,
        address: 'nowhere',
        partitions: [],
      };
      sources.set(source, status);
      if (!status.partitions.some(({ id }) => id === partition)) {
        const [, scope, kind] = partition.split('/');
        status.partitions.push({
          id: partition,
          scope,
          kind,
          state: 'fresh',
          objects: 1,
          unreadable: 0,
          confirmedAt: 1000,
          watching: true,
          ...this.#states.get(partition),
        });
      }
    }
    return [...sources.values()];
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async #changesSince(mark: string | undefined): Promise<ObservationChanges> {
    const pageSize = 10;
    const from = Number(mark ?? 0);
    const page = this.#changes.slice(from, from + pageSize);
    return {
      upserted: page.flatMap(one => ('upserted' in one ? [one.upserted] : [])),
      removed: page.flatMap(one => ('removed' in one ? [one.removed] : [])),
      mark: `${from + page.length}`,
      more: from + page.length < this.#changes.length,
    };
  }
}
