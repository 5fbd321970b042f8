import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import {
  createEstateSimulator,
  type EstateSimulator,
  type EstateSimulatorOptions,
} from '@causeway/estate-simulator';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createOperationParts,
  createOperationsOf,
} from '../createBuiltInOperations';
import { OperationRegistry } from '../OperationRegistry';
import type { OperationParts } from '../shared/OperationParts';
import { applicationTarget, repositoryTarget, workloadTarget } from './targets';

/** The built-in operations on the simulated estate, over HTTP. */
export interface OperationsLab {
  estate: EstateSimulator;
  config: JsonObject;
  parts: OperationParts;
  registry: OperationRegistry;
  /** Milliseconds that the operations waited, one after another; no real time passes. */
  waits: number[];
  workload(
    cluster: string,
    kind: string,
    namespace: string,
    name: string,
  ): OperationTarget;
  application(instance: string, name: string): OperationTarget;
  repository(name: string): OperationTarget;
  close(): Promise<void>;
}

/** Starts it; the estate's rollouts and syncs end at once. */
export async function startOperationsLab(
  options: {
    estate?: EstateSimulatorOptions;
    timeout?: number;
    gate?: JsonObject;
  } = {},
): Promise<OperationsLab> {
  const estate = await createEstateSimulator(options.estate);
  const folder = await mkdtemp(path.join(tmpdir(), 'causeway-operations-'));
  const reader = path.join(folder, 'kubeconfig');
  const operator = path.join(folder, 'kubeconfig-operator');
  await writeFile(reader, estate.kubeconfig);
  await writeFile(operator, estate.operatorKubeconfig);
  const clusters = Object.keys(estate.urls.kubernetes);
  const instances = Object.entries(estate.urls.argocd);
  const { host } = new URL(estate.urls.http);
  const { api, token: githubToken } = estate.urls.github;
  const config: JsonObject = {
    app: { baseUrl: 'https://portal.example' },
    integrations: {
      github: [{ host, apiBaseUrl: api, token: githubToken }],
    },
    causeway: {
      estate: {
        sources: {
          kubernetes: clusters.map(id => ({
            id,
            kubeconfig: { file: reader, context: id },
          })),
          argocd: instances.map(([id, { url, token }]) => ({ id, url, token })),
          github: [{ host, organization: estate.github.organization }],
        },
      },
      gate: {
        credentials: {
          kubernetes: Object.fromEntries(
            clusters.map(id => [
              id,
              { kubeconfig: { file: operator, context: id } },
            ]),
          ),
          argocd: Object.fromEntries(
            instances.map(([id, { writeToken }]) => [
              id,
              { token: writeToken },
            ]),
          ),
          github: {
            github: {
              token: estate.urls.github.writeToken,
              repositories: [
                { repository: 'deployments', paths: ['apps'] },
                {
                  repository: 'payment-api',
                  workflows: ['rebuild.yaml', 'ci.yaml'],
                },
              ],
            },
          },
        },
        ...options.gate,
      },
    },
  };
  const waits: number[] = [];
  const parts = createOperationParts({
    config: new ConfigReader(config),
    timeout: options.timeout ?? 20_000,
    pause: async ms => {
      waits.push(ms);
    },
  });
  const registry = new OperationRegistry();
  createOperationsOf(parts).forEach(operation => registry.register(operation));
  return {
    estate,
    config,
    parts,
    registry,
    waits,
    workload: (...place) => workloadTarget(estate, ...place),
    application: (...place) => applicationTarget(estate, ...place),
    repository: name => repositoryTarget(estate, name),
    async close() {
      await estate.close();
      await rm(folder, { recursive: true });
    },
  };
}
