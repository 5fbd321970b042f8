import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walDatabase } from './walDatabase';

it('gives every plugin its SQLite file in write-ahead mode', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'causeway-wal-'));
  const modes: unknown[] = [];
  const usesDatabase = (pluginId: string) =>
    createBackendPlugin({
      pluginId,
      register: env =>
        env.registerInit({
          deps: { database: coreServices.database },
          async init({ database }) {
            const [client, same] = await Promise.all([
              database.getClient(),
              database.getClient(),
            ]);
            expect(same).toBe(client);
            const [{ journal_mode: mode }] = await client.raw(
              'PRAGMA journal_mode',
            );
            modes.push(mode);
          },
        }),
    });
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: { directory } },
          },
        },
      }),
      walDatabase,
      usesDatabase('first'),
      usesDatabase('second'),
    ],
  });
  await backend.stop();
  await rm(directory, { recursive: true });
  expect(modes).toEqual(['wal', 'wal']);
});
