import { toConditions } from '../conditions';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const group = 'gateway.networking.k8s.io';

/** A class of gateways: who carries them out. */
export const gatewayClass: SubjectKind<'GatewayClass'> = {
  observed: 'GatewayClass',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'gateway-class',
      kind: 'GatewayClass',
      group,
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description:
      subject.data.description ?? `Gateway class on ${subject.cluster}`,
    details: {
      name: subject.objectName,
      controller: safeText(subject.data.controller, 253),
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [
    {
      id: 'gateway-class',
      *infer({ subjects }) {
        for (const gateway of subjects.gateways) {
          const { className } = gateway.data;
          const used =
            className === undefined
              ? undefined
              : subjects.byPlace.get(
                  placeKey(
                    gateway.cluster!,
                    '',
                    `gatewayclass.${group}`,
                    className,
                  ),
                );
          if (used) {
            yield {
              from: gateway.ref,
              type: 'uses',
              to: used.ref,
              evidence: `gateway ${gateway.namespace}/${gateway.objectName} is of class ${className}`,
              confidence: 'certain',
              partition: gateway.partition,
              carrier: gateway.ref,
            };
          }
        }
      },
    },
  ],
};
