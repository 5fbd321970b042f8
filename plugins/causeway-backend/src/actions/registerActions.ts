import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Ask } from '../estate/questions/createQuestions';
import { createFindEntitiesAction } from './createFindEntitiesAction';
import { createFindPathAction } from './createFindPathAction';
import { createGetEntityContextAction } from './createGetEntityContextAction';
import { createListRecentChangesAction } from './createListRecentChangesAction';
import { createTraverseGraphAction } from './createTraverseGraphAction';

/** Registers one action that asks a question. */
export type CreateQuestionAction = (
  registry: ActionsRegistryService,
  ask: Ask,
) => void;

/** Registers every action of the plugin. */
export function registerActions(
  registry: ActionsRegistryService,
  ask: Ask,
): void {
  createFindEntitiesAction(registry, ask);
  createGetEntityContextAction(registry, ask);
  createTraverseGraphAction(registry, ask);
  createFindPathAction(registry, ask);
  createListRecentChangesAction(registry, ask);
}
