import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ProjectionConfig } from './config';
import type { EntityNames } from './EntityNames';
import type { Observed } from './model';
import { placeKey, type SortedObservations } from './sortObservations';

/** A team and the Group that it becomes. */
export interface TeamSubject {
  ref: string;
  name: string;
  observed: Observed<'Team'>;
}

/** The teams, and what owner a text names. */
export interface Teams {
  all: TeamSubject[];
  /** The Group of a team by organization and slug. */
  find(organization: string, slug: string): TeamSubject | undefined;
  /**
   * The owner that a text names (a team slug, or a reference of a Group or
   * User): `unknown` where teams are read and none is called so, `malformed`
   * where it names nothing that can own.
   */
  owner(text: string): { ref: string } | 'unknown' | 'malformed';
}

/** Names the Groups of all teams. */
export function listTeams(
  observed: SortedObservations,
  names: EntityNames,
  config: ProjectionConfig,
): Teams {
  const bySlug = new Map<string, TeamSubject>();
  const all: TeamSubject[] = [];
  for (const team of observed.Team) {
    const { organization, slug } = team.data;
    const key = placeKey(organization.toLowerCase(), slug.toLowerCase());
    if (bySlug.has(key)) {
      continue;
    }
    const { ref, name } = names.take('group', [slug], {
      title: `Team ${organization}/${slug}`,
      partition: team.partition,
      hashOf: [organization, slug],
    });
    const subject = { ref, name, observed: team };
    bySlug.set(key, subject);
    all.push(subject);
  }
  const refs = new Set(all.map(team => team.ref));
  const ownGroups = `group:${config.entityNamespace}/`;

  // The same few owners are asked for again and again.
  const owners = new Map<string, ReturnType<Teams['owner']>>();
  const parseOwner = (text: string): ReturnType<Teams['owner']> => {
    let ref: string;
    try {
      const parsed = parseEntityRef(text.trim().slice(0, 200), {
        defaultKind: 'group',
        defaultNamespace: config.entityNamespace,
      });
      if (!/^[a-z0-9]+([-_.][a-z0-9]+)*$/i.test(parsed.name)) {
        return 'malformed';
      }
      ref = stringifyEntityRef(parsed);
    } catch {
      return 'malformed';
    }
    if (!/^(group|user):/.test(ref)) {
      return 'malformed';
    }
    const ours = config.teamsAreObserved && ref.startsWith(ownGroups);
    return ours && !refs.has(ref) ? 'unknown' : { ref };
  };

  return {
    all,
    find: (organization, slug) =>
      bySlug.get(placeKey(organization.toLowerCase(), slug.toLowerCase())),
    owner(text) {
      let owner = owners.get(text);
      if (owner === undefined) {
        owner = parseOwner(text);
        owners.set(text, owner);
      }
      return owner;
    },
  };
}
