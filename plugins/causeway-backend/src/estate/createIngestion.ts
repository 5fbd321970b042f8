import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  catalogClaimsTopic,
  type SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { KnexObservationStore } from './observations/KnexObservationStore';
import type { ObservationReader } from './observations/ObservationStore';
import { AlignedClock } from './partitions/AlignedClock';
import { type IngestionClock, systemClock } from './partitions/clock';
import { shareReads } from './sql/shareReads';
import { describeSources } from './partitions/describeSources';
import type { GuardSettings } from './partitions/judgeSnapshot';
import { parseIngestionSettings } from './partitions/parseIngestionSettings';
import { PartitionScheduler } from './partitions/PartitionScheduler';
import { PartitionStore } from './partitions/PartitionStore';
import { ReplicaStore } from './partitions/ReplicaStore';
import { catalogSourceId } from './sources/catalog/CatalogSource';
import { defaultHttpLimits, type HttpLimits } from './sources/http/HttpLimits';
import { createSources } from './sources/createSources';
import { subscribeToGithub } from './webhooks/subscribeToGithub';

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
  /** Time and chance; by default the machine's, aligned with the database's. */
  clock?: IngestionClock;
  /** Name of this replica in the database; by default one that nobody else has. */
  owner?: string;
  /** Milliseconds that a replica may be silent before others take its partitions over. Defaults to 15 seconds. */
  leaseDuration?: number;
  /** How long sources are waited for. */
  httpLimits?: HttpLimits;
  /** When removals are believed; by default as configured. */
  guard?: GuardSettings;
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
export function createIngestion(options: IngestionOptions): Ingestion {
  const { database, logger, config, events, leaseDuration = 15_000 } = options;
  const settings = parseIngestionSettings(config);
  const aligned = new AlignedClock(database, systemClock);
  const clock = options.clock ?? aligned;
  const owner = options.owner ?? randomUUID();
  const partitions = new PartitionStore(database);
  const observations = new KnexObservationStore(database);
  const { sources, faults, faulty } = createSources({
    config,
    catalog: options.catalog,
    auth: options.auth,
    additional: options.additionalSources ?? [],
    claimsRefresh: settings.claimsRefresh,
    limits: options.httpLimits ?? defaultHttpLimits,
    now: () => clock.now(),
  });
  const listeners = new Set<(change: IngestionChange) => void>();
  const scheduler = new PartitionScheduler({
    sources,
    faulty,
    partitions,
    replicas: new ReplicaStore(database),
    observations,
    guard: options.guard ?? settings.guard,
    times: { ...settings, lease: leaseDuration },
    owner,
    clock,
    logger,
    prepare: options.clock ? undefined : () => aligned.align(),
    onChange: change => listeners.forEach(listener => listener(change)),
  });
  let subscribed = false;

  return {
    observations,
    // Every question and every request wants to know it.
    status: shareReads(async () =>
      describeSources({
        sources,
        stored: await partitions.list(),
        periods: settings,
        now: clock.now(),
      }),
    ),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      for (const fault of faults) {
        logger.error(`Estate: ${fault.message}`);
      }
      if (events && !subscribed) {
        subscribed = true;
        // An id of its own for every replica: whoever holds the partition has to hear it.
        await events.subscribe({
          id: `causeway-estate-claims-${owner}`,
          topics: [catalogClaimsTopic],
          onEvent: async () => scheduler.hint(catalogSourceId),
        });
        await subscribeToGithub({
          events,
          config,
          logger,
          owner,
          organizations: sources
            .filter(({ kind }) => kind === 'github')
            .map(source => ({
              id: source.id,
              organization: source.partitions()[0].scope,
            })),
          hint: (source, kinds) => scheduler.hint(source, kinds),
        });
      }
      scheduler.start();
    },
    async stop() {
      await scheduler.stop();
    },
  };
}
