import type { EstateApi } from '../api';
import { createEntityEstate } from './entityEstate';
import { createEntityChanges, createEntityFacts } from './entityFacts';
import { createEstateGraph } from './estateGraph';
import { createEstateStatus } from './estateStatus';

/** An estate that answers from the fixtures, but for what is given. */
export function createEstateApi(answers: Partial<EstateApi> = {}): EstateApi {
  return {
    getStatus: async () => createEstateStatus(),
    getEntity: async () => createEntityEstate(),
    getFacts: async () => createEntityFacts(),
    getChanges: async () => createEntityChanges(),
    findEntities: async () => ({ count: 0, asOf: '', entities: [] }),
    getGraph: async () => createEstateGraph(),
    ...answers,
  };
}
