import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';

/** The simulated estate over HTTP, with the configuration that reads it. */
export interface SimulatedEstate {
  simulator: EstateSimulator;
  config: JsonObject;
  close(): Promise<void>;
}

const environments: Record<string, string> = {
  development: 'development',
  staging: 'staging',
  'production-eu': 'production',
  'production-us': 'production',
};

/** Starts Meridian on free ports. */
export async function startSimulatedEstate(): Promise<SimulatedEstate> {
  const simulator = await createEstateSimulator();
  const folder = await mkdtemp(path.join(tmpdir(), 'causeway-estate-'));
  const file = path.join(folder, 'kubeconfig');
  await writeFile(file, simulator.kubeconfig);
  const { urls } = simulator;
  const host = new URL(urls.http).host;
  return {
    simulator,
    config: {
      integrations: {
        github: [
          { host, apiBaseUrl: urls.github.api, token: urls.github.token },
        ],
      },
      causeway: {
        estate: {
          sources: {
            kubernetes: Object.keys(urls.kubernetes).map(id => ({
              id,
              environment: environments[id],
              kubeconfig: { file, context: id },
            })),
            argocd: Object.entries(urls.argocd).map(([id, { url, token }]) => ({
              id,
              url,
              token,
              projectsAreTrusted: true,
              destinations: {
                'https://kubernetes.default.svc':
                  id === 'argocd-prod' ? 'production-eu' : 'staging',
              },
            })),
            github: [{ host, organization: 'meridian' }],
          },
          poll: { milliseconds: 250 },
          // What is doubted is believed when the next list says it again.
          guard: { confirmAfter: { milliseconds: 0 } },
          claims: {
            refresh: { milliseconds: 250 },
            trustedLocations: ['url:https://trusted.example/*'],
          },
          // Argo CD itself comes from no project.
          ownership: { rules: [{ owner: 'platform', namespace: 'argocd' }] },
        },
      },
    },
    async close() {
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}
