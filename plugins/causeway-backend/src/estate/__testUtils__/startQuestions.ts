import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import type { Observation } from '../observations/model';
import type { Answers, QuestionName } from '../questions/createQuestions';
import { asCatalog } from './asCatalog';
import { smallEstate } from './estates';
import { eventually } from './eventually';
import { FakeIngestion } from './FakeIngestion';
import { readFeed } from './feedClient';
import { FakeCatalog, startEstate } from './startEstate';
import { createTestDatabases, databaseId } from './testDatabases';

const databases = createTestDatabases();

/** A small estate that answers questions, with hand-written entities beside it. */
export async function startQuestions(
  options: {
    observations?: Observation[];
    handWritten?: Entity[];
    features?: BackendFeature[];
    config?: JsonObject;
    hidden?: FakeCatalog['hidden'];
    registerActions?: Parameters<typeof startEstate>[0]['registerActions'];
  } = {},
) {
  const ingestion = new FakeIngestion(options.observations ?? smallEstate());
  const catalog = new FakeCatalog();
  const written = options.handWritten ?? [];
  catalog.entities = written;
  catalog.hidden = options.hidden ?? (() => false);
  const database = await databases.init(databaseId);
  const { server } = await startEstate({
    ingestion,
    catalog,
    database,
    ...options,
  });
  const ask = async <N extends QuestionName>(
    name: N,
    input: Record<string, string | number | boolean> = {},
    status = 200,
    header?: string,
  ): Promise<Answers[N]> => {
    const call = request(server)
      .get(`/api/causeway/estate/questions/${name}`)
      .query(input);
    const answer = await (header ? call.set('Authorization', header) : call);
    if (answer.status !== status) {
      throw new Error(`${answer.status}: ${answer.text}`);
    }
    return answer.body;
  };
  const { items } = await eventually(() => readFeed(server));
  catalog.entities = [...asCatalog(items), ...written];
  await eventually(async () => {
    const { count } = await ask('find-entities');
    const visible = catalog.entities.filter(
      ({ kind, metadata }) =>
        !catalog.hidden(
          `${kind}:${metadata.namespace ?? 'default'}/${metadata.name}`.toLowerCase(),
          'user:default/mock',
        ),
    );
    if (count !== visible.length) {
      throw new Error(`${count} of ${visible.length} entities are indexed`);
    }
  });
  return { server, database, catalog, ingestion, ask };
}

/** A hand-written entity, as the catalog has it. */
export function handWritten(
  kind: string,
  name: string,
  options: {
    metadata?: JsonObject;
    spec?: JsonObject;
    relations?: Entity['relations'];
  } = {},
): Entity {
  const location = 'url:https://github.com/meridian/catalog/blob/main/all.yaml';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...options.metadata,
      annotations: {
        'backstage.io/managed-by-origin-location': location,
        ...(options.metadata?.annotations as {}),
      },
    },
    spec: options.spec,
    relations: options.relations,
  };
}
