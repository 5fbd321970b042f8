import {
  type MockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Entity } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createIngestion, type Ingestion } from '../createIngestion';
import type { HttpLimits } from '../sources/http/HttpLimits';
import { patientLimits } from './patientLimits';

/** The configuration that reads a simulated estate. */
export function estateConfig(
  estate: EstateSimulator,
  kubeconfig: string,
  more?: JsonObject,
  only = ['kubernetes', 'argocd', 'github'],
): JsonObject {
  const sources: JsonObject = {
    kubernetes: Object.keys(estate.urls.kubernetes).map(id => ({
      id,
      environment: id.replace(/-.*/, ''),
      kubeconfig: { file: kubeconfig, context: id },
    })),
    argocd: Object.entries(estate.urls.argocd).map(([id, { url, token }]) => ({
      id,
      url,
      token,
    })),
    github: [{ organization: 'meridian' }],
  };
  return {
    integrations: {
      github: [
        {
          host: 'github.com',
          apiBaseUrl: estate.urls.github.api,
          token: estate.urls.github.token,
        },
      ],
    },
    causeway: {
      estate: {
        poll: { milliseconds: 200 },
        // What is doubted is believed when the next list says it again.
        guard: { confirmAfter: { milliseconds: 0 } },
        ...more,
        sources: Object.fromEntries(only.map(kind => [kind, sources[kind]])),
      },
    },
  };
}

/** The whole simulated estate and ingestion that reads it in real time. */
export async function startEstateLab(options: {
  database: Knex;
  directory: MockDirectory;
  entities?: Entity[];
  events?: EventsService;
  settings?: JsonObject;
  /** Kinds of sources to read; all when absent. */
  only?: ('kubernetes' | 'argocd' | 'github')[];
}): Promise<{
  estate: EstateSimulator;
  ingestion: Ingestion;
  /** May be changed while it runs. */
  limits: HttpLimits;
  stop(): Promise<void>;
}> {
  const estate = await createEstateSimulator();
  options.directory.setContent({ 'kubeconfig.yaml': estate.kubeconfig });
  const limits = patientLimits();
  const ingestion = createIngestion({
    database: options.database,
    logger: mockServices.logger.mock(),
    auth: mockServices.auth(),
    // A mock a question: entities may come while the estate runs.
    catalog: {
      queryEntities: (request, credentials) =>
        catalogServiceMock({ entities: options.entities ?? [] }).queryEntities(
          request,
          credentials,
        ),
    },
    events: options.events,
    httpLimits: limits,
    config: new ConfigReader(
      estateConfig(
        estate,
        options.directory.resolve('kubeconfig.yaml'),
        options.settings,
        options.only,
      ),
    ),
  });
  await ingestion.start();
  return {
    estate,
    ingestion,
    limits,
    async stop() {
      await ingestion.stop();
      await estate.close();
    },
  };
}
