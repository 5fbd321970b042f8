import { parseImage } from '../images';
import { toConditions } from '../conditions';
import { readKargoHistory, toFreight } from '../kargo/freight';
import { kargoGroup } from '../kargo/project';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const shownFreight = 5;

/** A warehouse of Kargo: where versions come from. */
export const kargoWarehouse: SubjectKind<'KargoWarehouse'> = {
  observed: 'KargoWarehouse',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'kargo-warehouse',
      kind: 'Warehouse',
      group: kargoGroup,
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description: `Kargo warehouse in project ${subject.namespace} on ${subject.cluster}`,
    details: {
      name: subject.objectName,
      project: subject.namespace,
      shard: safeText(subject.data.shard, 63),
      subscriptions: subject.data.subscriptions
        .slice(0, 20)
        .flatMap(
          ({ kind, address }) => safeText(`${kind} ${address}`, 300) ?? [],
        ),
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  context: ({ cluster, namespace, objectName }, world) => ({
    freight: (
      readKargoHistory(world.observed).ofWarehouse.get(
        placeKey(cluster!, namespace!, objectName),
      ) ?? []
    )
      .slice(0, shownFreight)
      .map(freight => toFreight(freight, freight.alias, world)),
  }),

  relations: [
    {
      id: 'kargo-subscription',
      *infer({ subjects, repositories }) {
        for (const warehouse of subjects.of('KargoWarehouse')) {
          for (const { kind, address } of warehouse.data.subscriptions) {
            const repository =
              kind === 'git'
                ? repositories.byAddress(address)
                : repositories.byImage(
                    parseImage(address.replace(/^oci:\/\//, '')),
                  );
            if (repository) {
              yield {
                from: warehouse.ref,
                type: 'sourcedFrom',
                to: repository.ref,
                evidence: `warehouse ${warehouse.namespace}/${warehouse.objectName} subscribes to ${kind} ${address}`,
                confidence: kind === 'git' ? 'certain' : 'likely',
                partition: warehouse.partition,
                carrier: warehouse.ref,
              };
            }
          }
        }
      },
    },
  ],
};
