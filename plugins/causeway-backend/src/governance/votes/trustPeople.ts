import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { readConfiguredLocations } from '../../estate/projection/config';
import { isTrusted } from '../../estate/projection/identity/trust';

/** Whether a User or Group counts for the gate. */
export type TrustsPeople = (entity: Entity) => boolean;

/** Locations of what our own provider brings: teams and members of the organizations that are configured as sources. */
const ours = 'causeway:';

/**
 * Users and Groups count from the organization sources of the estate, from
 * `catalog.locations`, and from where `causeway.gate.peopleFrom` says (THREATS
 * C2). What may claim a service (`claims.trustedLocations`) is not meant: who
 * keeps a service's file in order does not thereby say who approves.
 *
 * The catalog writes both annotations over whatever a file says.
 */
export function createTrustPeople(
  config: Config,
  peopleFrom: readonly string[],
): TrustsPeople {
  const claims = {
    trustedLocations: [...peopleFrom],
    configuredLocations: readConfiguredLocations(config),
  };
  return ({ metadata: { annotations } }) => {
    const location = annotations?.[ANNOTATION_LOCATION] ?? '';
    const originLocation = annotations?.[ANNOTATION_ORIGIN_LOCATION] ?? '';
    return (
      (location.startsWith(ours) && originLocation.startsWith(ours)) ||
      isTrusted({ location, originLocation }, { claims })
    );
  };
}
