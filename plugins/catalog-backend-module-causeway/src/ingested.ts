import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';

/** Type of the locations that our entities are managed by: `causeway:<source>`. */
export const locationType = 'causeway';

/**
 * Whether our provider made the entity. The origin location decides: the
 * catalog writes it over whatever a file says, so no file can pass for ours.
 */
export function isIngested(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return (
    causewayAnnotations.source in annotations &&
    [ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION].every(key =>
      annotations[key]?.startsWith(`${locationType}:`),
    )
  );
}
