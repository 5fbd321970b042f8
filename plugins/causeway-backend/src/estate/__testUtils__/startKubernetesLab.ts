import type { SourceStatus } from '@causeway/backstage-plugin-causeway-common';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createClusterState,
  createKubernetesApi,
  createSimulatorServer,
  readerRules,
  type SimulatedCluster,
  type SimulatorServer,
} from '@causeway/estate-simulator';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createIngestion, type Ingestion } from '../createIngestion';
import type { HttpLimits } from '../sources/http/HttpLimits';
import { ManualClock } from './ManualClock';
import { eventually } from './eventually';
import { patientLimits } from './patientLimits';
import { namespace } from './objects';

/** A simulated cluster, and ingestion that reads it on a clock that stands still. */
export interface KubernetesLab {
  cluster: SimulatedCluster;
  server: SimulatorServer;
  clock: ManualClock;
  /** May be changed while it runs. */
  limits: HttpLimits;
  ingestion: Ingestion;
  partition(id: string): Promise<SourceStatus['partitions'][number]>;
  /** Keys of the living observations of a partition. */
  keys(partition: string): Promise<string[]>;
  /** Ends this ingestion and starts another one on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const labToken = 'lab-token';

export async function startKubernetesLab(options: {
  database: Knex;
  seed?: (cluster: SimulatedCluster) => void;
  estate?: JsonObject;
  source?: JsonObject;
  withoutGroups?: string[];
  cluster?: SimulatedCluster;
}): Promise<KubernetesLab> {
  const { database, seed, estate, withoutGroups } = options;
  const cluster = createClusterState({ name: 'east', withoutGroups });
  cluster.apply(namespace('payments'), { manager: 'kubectl' });
  seed?.(cluster);
  const server = await createSimulatorServer({
    mounts: [
      {
        path: '/clusters/east',
        router: createKubernetesApi({
          cluster,
          tokens: [{ token: labToken, user: 'causeway', rules: readerRules }],
        }),
      },
    ],
  });
  const clock = new ManualClock();
  const limits = patientLimits();
  const create = () =>
    createIngestion({
      database,
      logger: mockServices.logger.mock(),
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
      clock,
      httpLimits: limits,
      config: new ConfigReader({
        causeway: {
          estate: {
            // What is doubted is believed when the next list says it again.
            guard: { confirmAfter: { milliseconds: 0 } },
            ...estate,
            sources: {
              kubernetes: [
                options.source ?? {
                  id: 'east',
                  url: `${server.httpUrl}/clusters/east`,
                  token: labToken,
                },
              ],
            },
          },
        },
      }),
    });
  const lab: KubernetesLab = {
    cluster,
    server,
    clock,
    limits,
    ingestion: create(),
    async partition(id) {
      const sources = await lab.ingestion.status();
      return sources
        .flatMap(source => source.partitions)
        .find(partition => partition.id === id)!;
    },
    async keys(partition) {
      const rows = await database('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .orderBy('key')
        .select('key');
      return rows.map(row => row.key);
    },
    async restart() {
      await lab.ingestion.stop();
      lab.ingestion = create();
      await lab.ingestion.start();
    },
    async stop() {
      await lab.ingestion.stop();
      await server.close();
    },
  };
  await lab.ingestion.start();
  return lab;
}

/** Waits until a partition is in a state. */
export function untilState(
  lab: KubernetesLab,
  id: string,
  state: string,
  reason?: string,
) {
  return eventually(async () => {
    const partition = await lab.partition(id);
    expect(partition).toMatchObject({ state, reason });
    return partition;
  });
}

/** Waits until everything is read and every watch is open. */
export function untilAllFresh(ingestion: Ingestion, withinMs?: number) {
  return eventually(async () => {
    const sources = await ingestion.status();
    for (const source of sources) {
      for (const one of source.partitions) {
        const { id, kind, state, watching, objects } = one;
        expect({ id, state }).toEqual({
          id,
          state: expect.stringMatching(/^(fresh|absent)$/),
        });
        const watched =
          state === 'fresh' &&
          source.kind === 'kubernetes' &&
          kind !== 'cluster' &&
          // Empty kinds of a provider are not watched.
          objects > 0;
        expect({ id, watching: watching || !watched }).toEqual({
          id,
          watching: true,
        });
      }
    }
  }, withinMs);
}
