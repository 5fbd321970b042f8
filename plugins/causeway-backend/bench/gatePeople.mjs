/** Who calls in the gate bench. */
export const actors = {
  /** May read everything. */
  reader: 'user:default/platform-0',
  /** May read requests about what its team owns, by a condition. */
  tenant: 'user:default/team-0-0',
  /** The same, and of the catalog what its team owns, too. */
  stranger: 'user:default/team-0-1',
};

/** Teams that own something. */
export const teams = Array.from(
  { length: 10 },
  (_, n) => `group:default/team-${n}`,
);

const membersEach = 8;

/** Whoever asks for something. */
export const requesters = teams.flatMap((_, team) =>
  Array.from({ length: 4 }, (__, n) => `user:default/team-${team}-${n + 2}`),
);

/** Teams with their members, and a platform team, below one group; as the catalog has them. */
export function people() {
  const entities = new Map();
  const add = (kind, name, spec, relations) =>
    entities.set(`${kind.toLowerCase()}:default/${name}`, {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name,
        namespace: 'default',
        // Of an organization that is a source: others decide nothing.
        annotations: {
          'backstage.io/managed-by-location': 'causeway:meridian',
          'backstage.io/managed-by-origin-location': 'causeway:meridian',
        },
      },
      spec,
      relations,
    });
  const groups = [...teams.map(ref => ref.split('/')[1]), 'platform'];
  add(
    'Group',
    'engineering',
    { type: 'department', children: groups },
    groups.map(name => ({
      type: 'parentOf',
      targetRef: `group:default/${name}`,
    })),
  );
  for (const group of groups) {
    const members = Array.from(
      { length: membersEach },
      (_, n) => `${group}-${n}`,
    );
    add('Group', group, { type: 'team', children: [] }, [
      { type: 'childOf', targetRef: 'group:default/engineering' },
      ...members.map(name => ({
        type: 'hasMember',
        targetRef: `user:default/${name}`,
      })),
    ]);
    for (const name of members) {
      add(
        'User',
        name,
        {
          profile: { email: `${name}@meridian.example` },
          memberOf: [group],
        },
        [{ type: 'memberOf', targetRef: `group:default/${group}` }],
      );
    }
  }
  return entities;
}
