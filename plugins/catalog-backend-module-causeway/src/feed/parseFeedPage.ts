import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  causewayAnnotations,
  type FeedPage,
} from '@causeway/backstage-plugin-causeway-common';
import { locationType } from '../ingested';

/** An entity to add or change. */
export interface FeedEntity {
  entityRef: string;
  entity: Entity;
  locationKey?: string;
}

/** An item of the feed that is no entity. */
export interface SkippedItem {
  /** Where the item at least says which entity it means. */
  entityRef?: string;
  reason: string;
}

/** A page of the feed whose items can be handed to the catalog as they are. */
export interface ParsedFeedPage {
  position: Pick<FeedPage, 'epoch' | 'cursor'>;
  more: boolean;
  fullPass: boolean;
  total: number;
  /** In the feed's order with one entry a reference: the last one. */
  added: FeedEntity[];
  removed: string[];
  skipped: SkippedItem[];
}

/** Longest reference that the catalog's tables hold. */
const maxRefLength = 255;
/** An entity beyond it would stall the catalog; ours take a few kilobytes. */
const maxEntityLength = 256 * 1024;

// The catalog's own checks: what does not pass them here would be accepted
// and then sit in the catalog as an entity that never shows up.
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/**
 * Takes apart what the feed answered. The page itself must have its form; an
 * item that is no entity is set apart and stops none of the others.
 *
 * @throws Error that says what about the page is wrong
 */
export async function parseFeedPage(
  body: unknown,
  limit: number,
): Promise<ParsedFeedPage> {
  const page = asObject(body);
  if (!page || !Array.isArray(page.items)) {
    throw new Error('the answer is no feed page: items is missing');
  }
  if (page.items.length > limit) {
    throw new Error(
      `the answer has ${page.items.length} items, asked for were at most ${limit}`,
    );
  }
  const { epoch, cursor, more, fullPass, total } = page;
  if (
    typeof epoch !== 'string' ||
    typeof cursor !== 'string' ||
    typeof more !== 'boolean' ||
    typeof fullPass !== 'boolean' ||
    !Number.isSafeInteger(total) ||
    (total as number) < 0
  ) {
    throw new Error(
      'the answer is no feed page: epoch, cursor, more, fullPass or total is missing',
    );
  }

  const changes = new Map<string, FeedEntity | undefined>();
  const skipped: SkippedItem[] = [];
  for (const item of page.items) {
    const parsed = await parseItem(item);
    if ('reason' in parsed) {
      skipped.push(parsed);
    } else {
      // Deleted first, so that the map keeps the order of the last mention.
      changes.delete(parsed.entityRef);
      changes.set(parsed.entityRef, parsed.change);
    }
  }
  return {
    position: { epoch, cursor },
    more,
    fullPass,
    total: total as number,
    added: [...changes.values()].filter(change => change !== undefined),
    removed: [...changes].flatMap(([ref, change]) => (change ? [] : [ref])),
    skipped,
  };
}

async function parseItem(
  item: unknown,
): Promise<SkippedItem | { entityRef: string; change?: FeedEntity }> {
  const { entityRef, entity, locationKey } = asObject(item) ?? {};
  if (typeof entityRef !== 'string' || !isCanonicalRef(entityRef)) {
    return { reason: 'has no entity reference' };
  }
  if (entity === undefined || entity === null) return { entityRef };
  if (locationKey !== undefined && typeof locationKey !== 'string') {
    return { entityRef, reason: 'has a location key that is no text' };
  }
  try {
    if (JSON.stringify(entity).length > maxEntityLength) {
      return { entityRef, reason: `is larger than ${maxEntityLength} bytes` };
    }
    const valid = await policy.enforce(structuredClone(entity) as Entity);
    if (!valid || stringifyEntityRef(valid) !== entityRef) {
      return { entityRef, reason: 'holds another entity than it says' };
    }
    return {
      entityRef,
      change: { entityRef, entity: withLocations(valid), locationKey },
    };
  } catch (error) {
    return { entityRef, reason: `is no entity: ${oneLine(error)}` };
  }
}

/**
 * The catalog demands the location annotations, and shows and acts on them:
 * they always name us, whatever came with the entity.
 */
function withLocations(entity: Entity): Entity {
  const annotations = { ...entity.metadata.annotations };
  const location = `${locationType}:${annotations[causewayAnnotations.source] ?? 'estate'}`;
  for (const key of [ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION]) {
    if (!annotations[key]?.startsWith(`${locationType}:`)) {
      annotations[key] = location;
    }
  }
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

function isCanonicalRef(ref: string): boolean {
  if (ref.length > maxRefLength) return false;
  try {
    return stringifyEntityRef(parseEntityRef(ref)) === ref;
  } catch {
    return false;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
