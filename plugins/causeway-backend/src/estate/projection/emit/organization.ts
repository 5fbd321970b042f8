import { byText } from '../compare';
import type { EntityNames } from '../EntityNames';
import { githubUrl } from '../links';
import type { ProjectedEntity } from '../model';
import { safeText } from '../text';
import type { World } from '../World';
import { toCausewaySpec, toMetadata } from './metadata';

/** Groups and Users from the teams of GitHub. */
export function* emitOrganization(
  world: World,
  names: EntityNames,
): Iterable<ProjectedEntity> {
  const { config, teams } = world;
  const users = new Map<
    string,
    {
      login: string;
      name?: string;
      url?: string;
      source: string;
      partition: string;
      memberOf: Set<string>;
    }
  >();

  for (const { ref, name, observed } of teams.all) {
    const { data, source, partition } = observed;
    const parent = data.parent && teams.find(data.organization, data.parent);
    yield {
      ref,
      type: 'team',
      locationKey: 'causeway',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: toMetadata({
          namespace: config.entityNamespace,
          name,
          description: data.description,
          source,
          partition,
          links: [
            {
              title: `${data.name} on GitHub`,
              url: githubUrl(
                source,
                ['orgs', data.organization, 'teams', data.slug],
                data.url,
                config,
              ),
            },
          ],
          annotations: {
            'github.com/team-slug': `${data.organization}/${data.slug}`,
          },
        }),
        spec: {
          type: 'team',
          profile: { displayName: safeText(data.name, 120) ?? name },
          ...(parent ? { parent: parent.ref } : {}),
          children: [],
          causeway: toCausewaySpec({ ref, origins: {} }),
        },
      },
    };
    for (const member of data.members) {
      const key = member.login.toLowerCase();
      const user = users.get(key) ?? {
        login: member.login,
        name: member.name,
        url: member.url,
        source,
        partition,
        memberOf: new Set(),
      };
      user.memberOf.add(ref);
      users.set(key, user);
    }
  }

  for (const [, user] of [...users].sort(byText(([key]) => key))) {
    const { ref, name } = names.take('user', [user.login], {
      title: `User ${user.login}`,
      partition: user.partition,
    });
    yield {
      ref,
      type: 'user',
      locationKey: 'causeway',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: toMetadata({
          namespace: config.entityNamespace,
          name,
          source: user.source,
          partition: user.partition,
          links: [
            {
              title: `${user.login} on GitHub`,
              url: githubUrl(user.source, [user.login], user.url, config),
            },
          ],
          annotations: { 'github.com/user-login': user.login },
        }),
        spec: {
          profile: { displayName: safeText(user.name, 120) ?? user.login },
          memberOf: [...user.memberOf].sort(),
          causeway: toCausewaySpec({ ref, origins: {} }),
        },
      },
    };
  }
}
