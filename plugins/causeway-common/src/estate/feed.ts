import type { Entity } from '@backstage/catalog-model';

/**
 * One change of the feed: the entity as it is now, or its removal.
 *
 * @public
 */
export interface FeedItem {
  entityRef: string;
  /** Absent when the entity is gone. */
  entity?: Entity;
  /** Location key to hand to the catalog; absent for inferred Components, so that a hand-written one can take over. */
  locationKey?: string;
}

/**
 * `GET /estate/feed?epoch=&cursor=&limit=`: entity changes in order. With a
 * cursor of another epoch (or none) it starts over from the beginning of the
 * present one and lists every living entity: a full pass.
 *
 * @public
 */
export interface FeedPage {
  /** Changes whenever cursors of before have no meaning any more. */
  epoch: string;
  /** Where to go on from. */
  cursor: string;
  /** Whether more is waiting right now. */
  more: boolean;
  /** Whether this page belongs to a full pass from the beginning. */
  fullPass: boolean;
  /** Number of living entities, for the consumer's guard against an incomplete pass. */
  total: number;
  items: FeedItem[];
}

/**
 * Topic of the event that says that the feed has something to take. It carries
 * no payload of substance: a hint to read.
 *
 * @public
 */
export const estateFeedTopic = 'causeway.estate.feed';

/**
 * Topic of the event that says that hand-written claims in the catalog may
 * have changed: a hint to read them again.
 *
 * @public
 */
export const catalogClaimsTopic = 'causeway.catalog.claims';
