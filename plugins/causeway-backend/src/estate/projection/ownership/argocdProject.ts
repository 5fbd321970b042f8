import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import type { Opinion, OwnershipRuleDefinition } from './model';

/**
 * The project of the applications that manage a thing: its `causeway.dev/owner`
 * annotation, else its name where that is a team. It decides where the
 * configuration says that projects are written by the platform's owners only.
 */
export const argocdProject: OwnershipRuleDefinition = {
  id: 'argocd-project',
  opinions(subject, { config, teams, project }) {
    if (!subject.project && !subject.applications?.length) {
      return [];
    }
    const origins = subject.project
      ? [
          {
            instance: subject.project.data.instance,
            name: subject.project.data.name,
            found: subject.project,
          },
        ]
      : (subject.applications ?? []).map(application => ({
          instance: application.data.instance,
          name: application.data.project,
          found: project(application),
        }));
    const opinions = new Map<string, Opinion>();
    for (const { instance, name, found } of origins) {
      if (!Object.hasOwn(config.argocd, instance)) {
        // Custom resources that anybody may have put there.
        continue;
      }
      const annotated = found?.annotations[causewayAnnotations.owner];
      const trusted = config.argocd[instance]?.projectsAreTrusted ?? false;
      if (
        annotated === undefined &&
        (name === 'default' || typeof teams.owner(name) === 'string')
      ) {
        continue;
      }
      // Whoever may write a project may write its annotation; its name takes more.
      const untrusted = annotated === undefined ? 'live' : 'claimed';
      const owner = annotated ?? name;
      const named = teams.owner(owner);
      const key = typeof named === 'string' ? owner : named.ref;
      const known = opinions.get(key);
      if (!known || (trusted && known.origin !== 'platform')) {
        opinions.set(key, {
          owner,
          origin: trusted ? 'platform' : untrusted,
          evidence: `project ${name} of ${instance}`,
        });
      }
    }
    // What the platform's owners wrote is not outvoted by what tenants may write.
    const all = [...opinions.values()];
    const platform = all.filter(({ origin }) => origin === 'platform');
    return platform.length > 0 ? platform : all;
  },
};
