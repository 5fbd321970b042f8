import type { CatalogService } from '@backstage/plugin-catalog-node';
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
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  now: () => number;
}

/** One question being answered: the sources, and what its caller may see. */
export interface Question extends QuestionSources {
  view: CallerView;
}
