import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EstateSource } from './EstateSource';

/**
 * Adds sources to the estate.
 *
 * @public
 */
export interface EstateSourcesExtensionPoint {
  /** Refused when another source has the same id. */
  addSource(source: EstateSource): void;
}

/**
 * The extension point for sources that Causeway does not bring itself.
 *
 * @example
 * ```ts
 * env.registerInit({
 *   deps: { sources: estateSourcesExtensionPoint },
 *   async init({ sources }) {
 *     sources.addSource(createInventorySource({ id: 'inventory' }));
 *   },
 * });
 * ```
 *
 * @public
 */
export const estateSourcesExtensionPoint =
  createExtensionPoint<EstateSourcesExtensionPoint>({
    id: 'causeway.estate.sources',
  });
