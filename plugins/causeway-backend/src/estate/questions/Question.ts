import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { HistoryBounds } from '../changes/HistoryBounds';
import type { ChangeReader } from '../changes/ChangeReader';
import type { EstateReader } from '../entities/EstateReader';
import type { SearchReader } from '../search/SearchReader';
import type { SearchState } from '../search/SearchStore';
import type { ReadSources } from '../status/estateStatus';
import type { CallerView } from '../access/CallerView';

/** What questions are answered from. */
export interface QuestionSources {
  reader: EstateReader;
  search: SearchReader;
  searchState: () => Promise<SearchState>;
  changes: ChangeReader;
  history: Pick<HistoryBounds, 'keepFor'>;
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  permissions: Pick<PermissionsService, 'authorizeConditional'>;
  now: () => number;
}

/** One question being answered: the sources, and what its caller may see. */
export interface Question extends QuestionSources {
  view: CallerView;
}
