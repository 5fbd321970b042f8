import { toConditions } from '../conditions';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const group = 'apiextensions.crossplane.io';
const kind = 'CompositeResourceDefinition';

/** What a platform team offers: a kind of composite resources, and of claims to them. */
export const crossplaneDefinition: SubjectKind<'CrossplaneDefinition'> = {
  observed: 'CrossplaneDefinition',

  identify(observation) {
    const identity = identifyInCluster(observation, {
      type: 'crossplane-definition',
      kind,
      group,
    });
    // Its own name holds its group, with dots: the kind says the same to people.
    return {
      ...identity,
      parts: [observation.source, 'xrd', observation.data.meta.name],
    };
  },

  describe: subject => ({
    title: placedTitle(subject),
    description: `Crossplane definition of ${safeText(subject.data.kind, 63)} on ${subject.cluster}`,
    details: {
      group: safeText(subject.data.group, 253),
      kind: safeText(subject.data.kind, 63),
      claimKind: safeText(subject.data.claimKind, 63),
      scope: safeText(subject.data.scope, 32),
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [
    {
      id: 'crossplane-definition',
      *infer({ subjects }) {
        const definitions = new Map(
          subjects
            .of('CrossplaneDefinition')
            .map(definition => [
              placeKey(
                definition.cluster!,
                definition.data.group,
                definition.data.kind,
              ),
              definition,
            ]),
        );
        for (const resource of subjects.of('CrossplaneResource')) {
          const { role, group: ofGroup, kind: ofKind } = resource.data;
          const definition =
            role === 'composite'
              ? definitions.get(placeKey(resource.cluster!, ofGroup, ofKind))
              : undefined;
          if (definition) {
            yield {
              from: resource.ref,
              type: 'dependsOn',
              to: definition.ref,
              evidence: `${definition.objectName} defines ${ofKind} on ${resource.cluster}`,
              confidence: 'certain',
              partition: resource.partition,
              carrier: resource.ref,
            };
          }
        }
      },
    },
  ],
};
