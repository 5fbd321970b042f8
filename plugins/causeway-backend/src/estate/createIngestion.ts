import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotImplementedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SourceStatus } from '@causeway/backstage-plugin-causeway-common';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import type { ObservationReader } from './observations/ObservationStore';
import type { IngestionClock } from './partitions/clock';

/** What ingestion needs from its surroundings. */
export interface IngestionOptions {
  /** The plugin's database, migrated. */
  database: Knex;
  logger: LoggerService;
  /** The root configuration: `causeway.estate`, `integrations` and `kubernetes` are read. */
  config: Config;
  catalog: Pick<CatalogService, 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Hints to read again; without it partitions are read on their schedule only. */
  events?: Pick<EventsService, 'subscribe'>;
  /** Sources that other plugins add through the extension point. */
  additionalSources?: EstateSource[];
  /** Time and chance; the real ones by default. */
  clock?: IngestionClock;
}

/** Something that ingestion did and that others may want to look at. */
export interface IngestionChange {
  /** Id of the partition. */
  partition: string;
  /** Whether observations changed; otherwise only the partition's freshness did. */
  observations: boolean;
}

/** Reads every source into observations, for as long as it runs. */
export interface Ingestion {
  /** The reading side of the observations. */
  readonly observations: ObservationReader;
  /** Every source with its partitions, from the database: the same answer on every replica. */
  status(): Promise<SourceStatus[]>;
  /**
   * Calls the listener after changes are committed by this replica; returns
   * the way to stop. Other replicas' changes are found with `changesSince`.
   */
  onChange(listener: (change: IngestionChange) => void): () => void;
  /** Starts reading; returns as soon as the work is scheduled, sources down or not. */
  start(): Promise<void>;
  /** Ends watches and lists, gives the leases back. */
  stop(): Promise<void>;
}

/** Builds ingestion; nothing runs before `start`. */
export function createIngestion(_options: IngestionOptions): Ingestion {
  throw new NotImplementedError('Ingestion is not built in yet');
}
