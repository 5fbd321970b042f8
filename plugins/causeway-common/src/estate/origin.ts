/**
 * How far an attribute can be trusted: `platform` (our configuration, a trusted
 * organization source), `live` (a source reported it), `claimed` (a tenant
 * wrote it). Only `platform` values may decide; the others can make stricter.
 *
 * @public
 */
export type Origin = 'platform' | 'live' | 'claimed';

/**
 * A value with where it came from.
 *
 * @public
 */
export interface SourcedValue<T = string> {
  value: T;
  origin: Origin;
  /** The rule that decided, e.g. `argocd-project` or `cluster-map`. */
  rule: string;
  /** What the rule saw, for people: `project payments of argocd-prod`. */
  evidence?: string;
}
