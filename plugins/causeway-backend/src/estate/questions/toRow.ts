import type { EntityRow } from '@causeway/backstage-plugin-causeway-common';
import { normalizeText } from '../search/normalizeText';
import type { SearchDocument } from '../search/SearchDocument';
import { compact, shortOwner } from './compact';
import type { EntityState } from '../access/describeStates';
import type { Question } from './Question';
import { sortTexts } from './untrusted';

/** Whether a title says more than the name: `payment-api (production-eu)` does not. */
function addsTo(name: string, title = ''): boolean {
  const words = normalizeText(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  const known = normalizeText(name);
  return !words.every(word => known.includes(word));
}

/** The row of an entity from what stands on it and from its state. */
export function toRow(
  document: SearchDocument,
  state: EntityState | undefined,
  successor?: string,
): EntityRow {
  const { ref, name, type, lifecycle, title, owner } = document;
  const { version, conditions, ...known } = state ?? {};
  const plain = sortTexts(
    { type, lifecycle, version },
    { title: addsTo(name, title) ? title : undefined },
  );
  const named = (conditions ?? []).map(condition => sortTexts({ condition }));
  return compact({
    ref,
    type: plain.words.type,
    owner: shortOwner(owner),
    environment: known.environment,
    lifecycle: plain.words.lifecycle,
    health: known.health,
    sync: known.sync,
    version: plain.words.version,
    conditions: named.flatMap(({ words }) => words.condition ?? []),
    successor,
    stale: known.stale,
    untrusted: {
      ...plain.untrusted,
      ...named.find(({ untrusted }) => untrusted)?.untrusted,
    },
  });
}

/** Successors that the caller may read, by the reference of what they replace. */
export async function readSuccessors(
  documents: readonly SearchDocument[],
  { view }: Question,
): Promise<Map<string, string>> {
  const readable = await view.readable(
    documents.flatMap(({ successor }) => successor ?? []),
  );
  return new Map(
    documents.flatMap(({ ref, successor }) =>
      successor && readable.has(successor) ? [[ref, successor]] : [],
    ),
  );
}
