import createKnex, { type Knex } from 'knex';
import { createStoredGate } from './createStoredGate';
import { remoteDials } from './remoteDials';

/** What a replica in a process of its own is told, as JSON in `REPLICA`. */
export interface GateReplicaOptions {
  worker: string;
  database: Knex.Config;
  world: string;
  policy: string;
  lease: number;
}

/** A gate that carries out, until it is told to stop or killed. */
async function main(options: GateReplicaOptions) {
  const database = createKnex(options.database);
  const gate = await createStoredGate({
    database,
    worker: options.worker,
    world: remoteDials(options.world, options.worker),
    policy: options.policy,
    settings: { poll: 100, lease: options.lease, verifyEvery: 100 },
  });
  process.once('SIGTERM', () => {
    gate
      .stop()
      .then(() => database.destroy())
      .then(() => process.exit(0));
  });
  gate.execute();
  process.stdout.write('started\n');
}

main(JSON.parse(process.env.REPLICA!));
