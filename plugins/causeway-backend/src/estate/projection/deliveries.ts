import type { Delivery } from '@causeway/backstage-plugin-causeway-common';
import { repositoryUrl } from './links';
import type { ApplicationSubject } from './management';
import { safeText } from './text';
import type { World } from './World';

const kept = 50;

/** What an application has deployed as Argo CD recorded it, newest first. */
export function toDeliveries(
  application: ApplicationSubject,
  world: World,
): Delivery[] {
  const { data } = application;
  const source = data.sources.find(
    ({ repoURL }) => world.repositories.byAddress(repoURL) !== undefined,
  );
  const repository = source && world.repositories.byAddress(source.repoURL);
  return data.history
    .flatMap(entry => {
      const deployedAt = Date.parse(entry.deployedAt);
      return Number.isFinite(deployedAt) ? [{ ...entry, deployedAt }] : [];
    })
    .sort((a, b) => b.deployedAt - a.deployedAt || b.id - a.id)
    .slice(0, kept)
    .map((entry, position) => ({
      applicationRef: application.ref,
      applicationTitle: data.name,
      environment: world.environment(application)?.value,
      revision: safeText(entry.revision, 128) ?? '',
      revisionUrl:
        repository && /^[0-9a-f]{40}$/.test(entry.revision)
          ? repositoryUrl(repository, world.config, 'commit', entry.revision)
          : undefined,
      deployedAt: entry.deployedAt,
      initiatedBy: safeText(entry.initiatedBy, 100),
      current: position === 0,
    }));
}
