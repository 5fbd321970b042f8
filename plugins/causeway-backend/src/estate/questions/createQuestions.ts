import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityContextAnswer,
  FoundEntities,
  GraphAnswer,
  PathAnswer,
  RecentChanges,
} from '@causeway/backstage-plugin-causeway-common';
import { CallerView } from '../access/CallerView';
import { findEntities } from './findEntities';
import { findPath } from './findPath';
import { getEntityContext } from './getEntityContext';
import { listRecentChanges } from './listRecentChanges';
import type { Question, QuestionSources } from './Question';
import type { QuestionInput } from './readInput';
import { traverseGraph } from './traverseGraph';

/** The questions that there are, with their answers. */
export interface Answers {
  'find-entities': FoundEntities;
  'get-entity-context': EntityContextAnswer;
  'traverse-graph': GraphAnswer;
  'find-path': PathAnswer;
  'list-recent-changes': RecentChanges;
}

/** Name of a question: of its route and of its action alike. */
export type QuestionName = keyof Answers;

const answer: {
  [N in QuestionName]: (
    input: QuestionInput,
    question: Question,
  ) => Promise<Answers[N]>;
} = {
  'find-entities': findEntities,
  'get-entity-context': getEntityContext,
  'traverse-graph': traverseGraph,
  'find-path': findPath,
  'list-recent-changes': listRecentChanges,
};

/** Every question's name. */
export const questionNames = Object.keys(answer) as QuestionName[];

/** Asks a question with a caller's credentials. */
export type Ask = <N extends QuestionName>(
  name: N,
  input: QuestionInput,
  credentials: BackstageCredentials,
) => Promise<Answers[N]>;

/** The way to ask, over REST and through actions alike. */
export function createQuestions(sources: QuestionSources): Ask {
  return (name, input, credentials) =>
    answer[name](input, {
      ...sources,
      view: new CallerView(sources.catalog, sources.permissions, credentials),
    });
}
