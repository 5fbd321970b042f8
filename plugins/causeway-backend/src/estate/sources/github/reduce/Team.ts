import type { ObservedTeam } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';

/** Fields of a team that are kept; `undefined` when it is malformed. */
export function reduceTeam(
  node: JsonRecord,
  organization: string,
  members: ObservedTeam['members'],
): ObservedTeam | undefined {
  const slug = text(node.slug, 100);
  if (!slug) {
    return undefined;
  }
  return {
    organization,
    slug,
    name: text(node.name, 128) ?? slug,
    description: text(node.description, 512),
    parent: text(record(node.parentTeam)?.slug, 100),
    url: text(node.url, 512),
    members,
  };
}

/** One direct member; `undefined` when it is hidden or malformed. */
export function reduceMember(
  value: unknown,
): ObservedTeam['members'][number] | undefined {
  const node = record(value);
  const login = text(node?.login, 100);
  return login
    ? {
        login,
        name: text(node?.name, 128),
        avatarUrl: text(node?.avatarUrl, 512),
        url: text(node?.url, 512),
      }
    : undefined;
}
