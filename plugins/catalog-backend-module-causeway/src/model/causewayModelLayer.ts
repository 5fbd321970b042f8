import { createCatalogModelLayer } from '@backstage/catalog-model/alpha';
import {
  causewayAnnotations,
  relationPairs,
} from '@causeway/backstage-plugin-causeway-common';

/** Pairs that the catalog's own model declares. */
const coreRelations = new Set<string>(['partOf', 'dependsOn', 'ownedBy']);
const everyKind = ['Component', 'Resource', 'API'];

const annotationDescriptions: Record<keyof typeof causewayAnnotations, string> =
  {
    source: 'Id of the source that reported the entity',
    partition: 'Id of the partition that reported the entity',
    component: 'Name of the service that a workload belongs to',
    owner: 'Claimed owner: a team slug or a Group reference',
    lifecycle: 'Claimed lifecycle, for example deprecated',
    successor: 'The service that replaces a deprecated one',
    environment: 'The environment that the entity belongs to',
    template: 'Template that the entity says it was made with',
    templateVersion: 'Etag of that template when it was made',
    templateTask: 'Task of the scaffolder that made it',
    templateTime: 'When it was made',
  };

/**
 * Causeway's words for the catalog's model: relation pairs and annotations,
 * nothing of any kind. Declaring a kind's relation fields would replace all of
 * them and cost core kinds their relations; ours come from the processor.
 */
export const causewayModelLayer = createCatalogModelLayer({
  layerId: 'causeway.dev/estate',
  builder: model => {
    for (const { forward, backward, label } of relationPairs) {
      if (coreRelations.has(forward)) continue;
      model.addRelationPair({
        fromKind: everyKind,
        toKind: everyKind,
        description: `The source ${label} the target, as inferred from the estate.`,
        forward: { type: forward, title: label },
        reverse: { type: backward, title: backwardTitle(backward) },
      });
    }
    for (const [key, name] of Object.entries(causewayAnnotations)) {
      model.addAnnotation({
        name,
        description:
          annotationDescriptions[key as keyof typeof causewayAnnotations],
      });
    }
  },
});

/** `deployedBy` reads as "deployed by". */
function backwardTitle(type: string): string {
  return type.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
