import type { ObservedClaim } from '../../observations/model';
import type { ProjectionConfig } from '../config';
import { matchesGlob } from '../glob';

/** A path that climbs, plainly or encoded: it could match a pattern and lie elsewhere. */
function climbs(location: string): boolean {
  let decoded = location;
  try {
    decoded = decodeURIComponent(location);
  } catch {
    return true;
  }
  return /(^|[/\\:])\.\.([/\\?#]|$)/.test(decoded) || decoded.includes('\\');
}

/**
 * The catalog reads `.../blob/main/catalog-info.yaml` and writes `tree` for
 * `blob` into where it found it: both are one place.
 */
function samePlace(location: string): string {
  return location.replace(
    /^(url:https?:\/\/[^/]+\/(?:[^/]+\/[^/]+|.+\/-))\/blob\//,
    '$1/tree/',
  );
}

/**
 * Whether hand-written content may claim things of the estate. What counts is
 * where the content itself lies: a location of `catalog.locations`, one that
 * a trusted pattern matches, or a local file that a local file of
 * `catalog.locations` refers to (both come with the portal). That a trusted
 * location refers to a page on the web does not make that page trusted.
 */
export function isTrusted(
  {
    location,
    originLocation,
  }: Pick<ObservedClaim, 'location' | 'originLocation'>,
  { claims }: Pick<ProjectionConfig, 'claims'>,
): boolean {
  const isLocalFile = location.startsWith('file:');
  if (!isLocalFile && climbs(location)) {
    return false;
  }
  const place = samePlace(location);
  return (
    claims.configuredLocations.map(samePlace).includes(place) ||
    claims.trustedLocations.some(pattern =>
      matchesGlob(samePlace(pattern), place),
    ) ||
    (isLocalFile &&
      originLocation.startsWith('file:') &&
      claims.configuredLocations.includes(originLocation))
  );
}
