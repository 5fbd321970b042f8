import { isDeepStrictEqual } from 'node:util';
import {
  type MockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import type { SourceStatus } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { createEstate, type Estate } from '../../createEstate';
import { createIngestion, type Ingestion } from '../../createIngestion';
import type { GuardSettings } from '../../partitions/judgeSnapshot';
import { eventually } from '../eventually';
import { patientLimits } from '../patientLimits';
import { estateConfig } from '../startEstateLab';

/** Milliseconds that a replica may be silent before another one takes over. */
export const lease = 1500;

/** Every row that follows from the estate, by table: what the catalog and the portal get. */
export type EstateContent = Record<string, string[]>;

/** Reading and projecting as one replica does. */
interface Replica {
  ingestion: Ingestion;
  estate: Estate;
}

/** A generated estate of every source, and a replica that reads and projects it in real time. */
export class FaultLab {
  readonly limits = patientLimits();

  /** Holds doubtful removals until a test lets them be believed, however slow the machine is. */
  readonly guard: GuardSettings = {
    removalShare: 0.3,
    minimumObjects: 5,
    confirmAfter: Infinity,
  };

  readonly simulator: EstateSimulator;

  readonly database: Knex;

  /** Hand-written entities; the catalog answers with what `answer` gives. */
  readonly handWritten: Entity[];

  /** Thrown by the catalog while it is set. */
  catalogError?: Error;

  /** Whether the catalog says that it holds nothing. */
  catalogEmpty = false;

  readonly #directory: MockDirectory;

  #replica?: Replica;

  private constructor(options: {
    simulator: EstateSimulator;
    database: Knex;
    directory: MockDirectory;
  }) {
    this.simulator = options.simulator;
    this.database = options.database;
    this.#directory = options.directory;
    this.handWritten = handWrittenEntities();
  }

  /** Starts the estate and reads it once. */
  static async start(options: {
    database: Knex;
    directory: MockDirectory;
  }): Promise<FaultLab> {
    const simulator = await createEstateSimulator({
      generate: {
        seed: 3,
        services: 12,
        clusters: 2,
        applications: true,
        repositories: true,
      },
    });
    options.directory.setContent({ 'kubeconfig.yaml': simulator.kubeconfig });
    const lab = new FaultLab({ ...options, simulator });
    lab.#replica = await lab.startReplica(lab.database);
    await lab.untilAllFresh();
    await eventually(async () => {
      if ((await lab.content()).entities.length < 20) {
        throw new Error('The estate has not been projected');
      }
    });
    return lab;
  }

  /** A replica of its own on a database. */
  async startReplica(database: Knex): Promise<Replica> {
    const config = new ConfigReader(
      estateConfig(this.simulator, this.#directory.resolve('kubeconfig.yaml'), {
        claims: { refresh: { milliseconds: 200 } },
      }),
    );
    const logger = mockServices.logger.mock();
    const catalog = this.#catalog();
    const ingestion = createIngestion({
      database,
      logger,
      auth: mockServices.auth(),
      catalog,
      httpLimits: this.limits,
      guard: this.guard,
      leaseDuration: lease,
      config,
    });
    const estate = await createEstate({
      ingestion,
      database,
      config,
      logger,
      catalog,
      auth: mockServices.auth(),
      events: mockServices.events(),
      httpAuth: mockServices.httpAuth(),
      permissions: mockServices.permissions(),
      pace: { debounce: 10, poll: 100, lease, patience: 60_000 },
    });
    await estate.start();
    return { ingestion, estate };
  }

  get ingestion(): Ingestion {
    return this.#replica!.ingestion;
  }

  /** Ends this replica and starts another one on the same database. */
  async restart(): Promise<void> {
    await this.#replica!.estate.stop();
    this.#replica = await this.startReplica(this.database);
  }

  /** Another replica takes this one's place. */
  adopt(replica: Replica): void {
    this.#replica = replica;
  }

  async partition(id: string): Promise<SourceStatus['partitions'][number]> {
    const sources = await this.ingestion.status();
    return sources.flatMap(one => one.partitions).find(one => one.id === id)!;
  }

  async untilAllFresh(): Promise<void> {
    await eventually(async () => {
      const sources = await this.ingestion.status();
      const doubted = sources
        .flatMap(one => one.partitions)
        .filter(({ state }) => !['fresh', 'absent'].includes(state))
        .map(({ id, state, reason }) => `${id} is ${state}: ${reason}`);
      if (doubted.length > 0) {
        throw new Error(doubted.join('\n'));
      }
    });
  }

  /** Living keys of a partition. */
  async keys(partition: string): Promise<string[]> {
    const rows = await this.database('estate_observations')
      .where({ partition })
      .whereNull('removed_at')
      .orderBy('key')
      .select('key');
    return rows.map(({ key }) => key);
  }

  /** What is served now; every row with its hash or content, so that any difference shows. */
  content(database: Knex = this.database): Promise<EstateContent> {
    return readContent(database);
  }

  /**
   * What is served here, and what a replica that begins with nothing makes of
   * the sources: waits, within bounds, until the two are one.
   */
  async untilExactlyRight(
    fresh: Knex,
  ): Promise<{ here: EstateContent; there: EstateContent }> {
    const replica = await this.startReplica(fresh);
    try {
      for (let tries = 0; ; tries += 1) {
        const here = await this.content();
        const there = await this.content(fresh);
        if (isDeepStrictEqual(here, there) || tries === 400) {
          return { here, there };
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    } finally {
      await replica.estate.stop();
    }
  }

  async stop(): Promise<void> {
    await this.#replica!.estate.stop();
    await this.simulator.close();
  }

  #catalog() {
    const answer = () => {
      if (this.catalogError) {
        throw this.catalogError;
      }
      return catalogServiceMock({
        entities: this.catalogEmpty ? [] : this.handWritten,
      });
    };
    return {
      queryEntities: async (
        ...args: Parameters<
          ReturnType<typeof catalogServiceMock>['queryEntities']
        >
      ) => answer().queryEntities(...args),
      getEntitiesByRefs: async (
        ...args: Parameters<
          ReturnType<typeof catalogServiceMock>['getEntitiesByRefs']
        >
      ) => answer().getEntitiesByRefs(...args),
    };
  }
}

const tables: Record<string, [string, string[]]> = {
  entities: ['estate_entities', ['ref', 'hash']],
  contexts: ['estate_contexts', ['ref', 'hash']],
  edges: [
    'estate_edges',
    [
      'from_ref',
      'type',
      'to_ref',
      'rule',
      'evidence',
      'confidence',
      'partition',
    ],
  ],
  problems: ['estate_problems', ['id', 'hash']],
};

async function readContent(database: Knex): Promise<EstateContent> {
  const content: EstateContent = {};
  for (const [name, [table, columns]] of Object.entries(tables)) {
    const rows = await database(table)
      .modify(query => {
        if (name === 'entities') {
          query.whereNull('removed_at');
        }
      })
      .select(columns);
    content[name] = rows
      .map((row: Record<string, string>) =>
        columns.map(column => row[column]).join(' '),
      )
      .sort();
  }
  return content;
}

function handWrittenEntities(): Entity[] {
  return Array.from({ length: 8 }, (_, at) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `hand-written-${at}`,
      annotations: {
        'backstage.io/managed-by-location': 'file:/catalog-info.yaml',
        'backstage.io/managed-by-origin-location': 'file:/catalog-info.yaml',
        'backstage.io/kubernetes-id': `nothing-${at}`,
      },
    },
    spec: { type: 'service', owner: 'platform', lifecycle: 'production' },
  }));
}
