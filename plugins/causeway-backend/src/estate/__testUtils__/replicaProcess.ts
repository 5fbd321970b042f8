import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import createKnex, { type Knex } from 'knex';
import { createIngestion } from '../createIngestion';

/** What a replica in a process of its own is told, as JSON in `REPLICA`. */
export interface ReplicaOptions {
  owner: string;
  connection: Knex.PgConnectionConfig;
  config: JsonObject;
  leaseDuration: number;
}

/** Ingestion alone, until it is told to stop or killed. */
async function main(options: ReplicaOptions) {
  const knex = createKnex({
    client: 'pg',
    connection: options.connection,
    pool: { min: 0, max: 4 },
  });
  const ingestion = createIngestion({
    database: knex,
    logger: mockServices.rootLogger({ level: 'error' }),
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [] }),
    config: new ConfigReader(options.config),
    owner: options.owner,
    leaseDuration: options.leaseDuration,
  });
  process.once('SIGTERM', () => {
    ingestion
      .stop()
      .then(() => knex.destroy())
      .then(() => process.exit(0));
  });
  await ingestion.start();
  process.stdout.write('started\n');
}

main(JSON.parse(process.env.REPLICA!));
