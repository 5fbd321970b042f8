import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Seeing the state of the estate's sources, partitions and problems.
 *
 * @public
 */
export const estateStatusReadPermission = createPermission({
  name: 'causeway.estate.status.read',
  attributes: { action: 'read' },
});

/**
 * Asking questions about the estate. What an answer holds follows from the
 * caller's permission to read entities in the catalog.
 *
 * @public
 */
export const estateQuestionsAskPermission = createPermission({
  name: 'causeway.estate.questions.ask',
  attributes: { action: 'read' },
});

/**
 * Every permission of the plugin.
 *
 * @public
 */
export const causewayPermissions = [
  estateStatusReadPermission,
  estateQuestionsAskPermission,
];
