import type { Entity } from '@backstage/catalog-model';
import { createHash } from 'node:crypto';

/** Changes when anything of a hand-written Component changes that the estate reads as a claim. */
export function claimHash(entity: Entity): string {
  const { name, namespace, title, annotations, labels } = entity.metadata;
  const { owner, lifecycle } = entity.spec ?? {};
  const sorted = (map: Record<string, string> = {}) =>
    Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        [namespace, name, title, owner, lifecycle],
        sorted(annotations),
        sorted(labels),
      ]),
    )
    .digest('hex');
}
