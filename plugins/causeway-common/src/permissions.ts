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
 * Every permission of the plugin.
 *
 * @public
 */
export const causewayPermissions = [estateStatusReadPermission];
