import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Doubt } from '@causeway/backstage-plugin-causeway-common';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callerOf, type Caller } from './callers';
import { databaseConfig } from './databaseConfig';
import { eventually } from './eventually';
import { copyPolicy, type PolicyFiles } from './policyFiles';
import { portalConfig } from './portalConfig';
import { startPortal, type Portal } from './startPortal';

/** Static tokens of the services that call, by what they are. */
export const serviceTokens = {
  /** Named in the gate's configuration, with and without restrictions. */
  scaler: 'scaler-token-0123456789',
  restarter: 'restarter-token-0123456789',
  /** Not named: unrestricted, or narrowed to something. */
  stranger: 'stranger-token-0123456789',
  reader: 'reader-token-0123456789',
  elsewhere: 'elsewhere-token-0123456789',
} as const;

const staticToken = (
  subject: keyof typeof serviceTokens,
  accessRestrictions?: JsonObject[],
): JsonObject => ({
  type: 'static',
  options: { token: serviceTokens[subject], subject },
  ...(accessRestrictions && { accessRestrictions }),
});

const gate = {
  subjects: [
    {
      subject: 'scaler',
      name: 'scaler',
      operations: ['scale-workload'],
      environments: ['staging', 'production'],
      accountable: 'group:default/security',
    },
    {
      subject: 'restarter',
      name: 'restarter',
      operations: ['restart-workload'],
      environments: ['production'],
      accountable: 'group:default/security',
    },
  ],
  agents: [
    {
      // Narrower than what it may as a subject.
      key: 'subject:scaler',
      operations: ['scale-workload'],
      environments: ['production'],
      accountable: 'group:default/security',
    },
  ],
};

/** The portal with its gate, everything real but the estate. */
export interface GatePortal {
  readonly portal: Portal;
  estate: EstateSimulator;
  policy: PolicyFiles;
  /** A person who is signed in. */
  person(login: string): Promise<Caller>;
  service(name: keyof typeof serviceTokens): Caller;
  readonly nobody: Caller;
  /** Stops the portal and starts it again on what it left behind; callers of before are of no use then. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** One configuration over another. */
const mergeConfig = (over: JsonObject, data: JsonObject): JsonObject =>
  ConfigReader.fromConfigs([
    { context: 'gate', data },
    { context: 'more', data: over },
  ]).get<JsonObject>();

/** A workload as the catalog knows it. */
export const workloadRef = (cluster: string, namespace: string, name: string) =>
  `resource:default/${cluster}.${namespace}.deployment.${name}`;

/** Starts the whole portal on the shipped configuration and policy, and waits until the estate is there. */
export async function startGatePortal(
  databases: TestDatabases,
  id: TestDatabaseId,
  options: Parameters<typeof startPortal>[1] & {
    /** How long a change is watched. */
    soak?: string;
    /** Codes of doubts that are there to stay. */
    doubted?: readonly string[];
    /** Configured besides. */
    config?: JsonObject;
    /** What happens before any cluster or Argo CD has been read. */
    beforeSync?: (portal: Portal, estate: EstateSimulator) => Promise<void>;
  } = {},
): Promise<GatePortal> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-gate-'));
  const estate = await createEstateSimulator();
  const policy = await copyPolicy(folder, options.soak ?? '1s');
  if (options.beforeSync) {
    estate.faults.add({ path: /^\/(clusters|argocd)\//, status: 503 });
  }
  const nodeEnv = process.env.NODE_ENV;
  // As `npm start` does: there are personas in development alone.
  Object.assign(process.env, { NODE_ENV: 'development' });
  const config = await portalConfig(
    estate,
    folder,
    await databaseConfig(databases, id, folder),
    mergeConfig(options.config ?? {}, {
      backend: {
        auth: {
          externalAccess: [
            staticToken('scaler', [{ plugin: 'causeway' }]),
            staticToken('restarter'),
            staticToken('stranger'),
            staticToken('reader', [
              {
                plugin: 'causeway',
                permissionAttribute: { action: 'read' },
              },
            ]),
            staticToken('elsewhere', [{ plugin: 'catalog' }]),
          ],
        },
      },
      causeway: {
        gate: {
          ...gate,
          policy: { files: policy.files, poll: { milliseconds: 200 } },
        },
      },
    }),
  );
  let portal = await startPortal(config, options);
  if (options.beforeSync) {
    await options.beforeSync(portal, estate);
    estate.faults.clear();
  }
  const person = async (login: string) =>
    callerOf(portal.server, await eventually(() => portal.tokenOf(login)));
  const started: GatePortal = {
    get portal() {
      return portal;
    },
    estate,
    policy,
    person,
    service: name => callerOf(portal.server, serviceTokens[name]),
    get nobody() {
      return callerOf(portal.server);
    },
    async restart() {
      await portal.stop();
      portal = await startPortal(config, options);
    },
    async stop() {
      Object.assign(process.env, { NODE_ENV: nodeEnv });
      await portal.stop();
      await estate.close();
      await rm(folder, { recursive: true });
    },
  };
  const ada = await person('ada-okafor');
  // What operations work on, and what is around it, has arrived.
  await eventually(async () => {
    for (const cluster of ['production-eu', 'production-us', 'staging']) {
      const { status, body } = await ada.post('/requests/assess', {
        operation: 'restart-workload',
        target: workloadRef(cluster, 'payments', 'payment-api'),
        input: {},
        reason: 'Is it there?',
      });
      const doubts = (body.assessment?.doubts ?? []).filter(
        ({ code }: Doubt) => !options.doubted?.includes(code),
      );
      if (status !== 200 || doubts.length > 0) {
        throw new Error(`${cluster}: ${status} ${JSON.stringify(body)}`);
      }
    }
  });
  return started;
}
