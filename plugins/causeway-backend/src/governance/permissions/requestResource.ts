import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { gateRequestResourceType } from '@causeway/backstage-plugin-causeway-common';
import type {
  RequestAttributes,
  RequestColumnFilter,
} from '../requests/RequestFilter';

/**
 * A request of the gate, as permission conditions see it.
 *
 * @public
 */
export const causewayRequestResourceRef = createPermissionResourceRef<
  RequestAttributes,
  RequestColumnFilter
>().with({ pluginId: 'causeway', resourceType: gateRequestResourceType });
