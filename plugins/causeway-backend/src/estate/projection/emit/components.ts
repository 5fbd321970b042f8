import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { decideLifecycle } from '../lifecycle';
import { repositoryLink } from '../links';
import type { ProjectedEntity } from '../model';
import { serviceOwner } from '../serviceOwner';
import { toTags } from '../text';
import type { World } from '../World';
import { toCausewaySpec, toMetadata } from './metadata';

/**
 * A Component for every service that no hand-written one stands for. It has no
 * location key: a hand-written Component of its name can take over.
 */
export function* emitComponents(
  world: World,
  fallbackOwner: string,
): Iterable<ProjectedEntity> {
  const { config } = world;
  for (const service of world.services) {
    if (service.claim) {
      continue;
    }
    const [{ workload, identity }] = service.members;
    const owner = serviceOwner(service, world);
    const lifecycle = decideLifecycle(service, world);
    const repository = service.code?.repository;
    yield {
      ref: service.ref,
      type: 'service',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: toMetadata({
          namespace: config.entityNamespace,
          name: service.componentName,
          // A title of its own only where the name says less.
          title:
            service.name === service.componentName
              ? undefined
              : `${service.name} (${service.namespace})`,
          description: repository?.data.description,
          source: workload.source,
          partition: workload.partition,
          links: repository && [repositoryLink(repository, config)],
          tags: repository && toTags(repository.data.topics),
          annotations: {
            'github.com/project-slug':
              repository &&
              `${repository.data.organization}/${repository.data.name}`,
            [causewayAnnotations.successor]: world.successorOf(service),
          },
        }),
        spec: {
          type: 'service',
          lifecycle: lifecycle.value,
          owner: owner?.value ?? fallbackOwner,
          causeway: toCausewaySpec({
            ref: service.ref,
            origins: {
              identity: {
                value: service.ref,
                // What services are called follows from what sources report.
                origin: identity.rule === 'annotation' ? 'claimed' : 'live',
                rule: identity.rule,
              },
              owner,
              lifecycle,
            },
          }),
        },
      },
    };
  }
}
