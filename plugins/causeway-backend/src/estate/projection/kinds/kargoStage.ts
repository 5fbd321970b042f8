import type { Health } from '@causeway/backstage-plugin-causeway-common';
import { toConditions } from '../conditions';
import { readKargoHistory, toFreight, toPromotions } from '../kargo/freight';
import { besides, kargoGroup } from '../kargo/project';
import { findStageApplications } from '../kargo/stageApplications';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const healths: Record<string, Health> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Unhealthy: 'degraded',
};

/** A stage of Kargo: a place on the way that versions take. */
export const kargoStage: SubjectKind<'KargoStage'> = {
  observed: 'KargoStage',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'kargo-stage',
      kind: 'Stage',
      group: kargoGroup,
    }),

  describe: subject => {
    const { requests, shard, autoPromotion } = subject.data;
    return {
      title: `${subject.objectName} of ${placedTitle({ ...subject, objectName: subject.namespace! })}`,
      description: `Kargo stage in project ${subject.namespace} on ${subject.cluster}`,
      details: {
        name: subject.objectName,
        project: subject.namespace,
        shard: safeText(shard, 63),
        warehouses: [
          ...new Set(
            requests.flatMap(({ warehouse }) => safeText(warehouse, 253) ?? []),
          ),
        ].slice(0, 20),
        autoPromotion,
      },
    };
  },

  conditions: ({ conditions }) => toConditions(conditions),

  health: ({ health }) =>
    health !== undefined && Object.hasOwn(healths, health)
      ? healths[health]
      : undefined,

  context: ({ cluster, namespace, objectName, data }, world) => {
    const history = readKargoHistory(world.observed);
    const alias = (name: string) =>
      history.freight.get(placeKey(cluster!, namespace!, name))?.alias;
    return {
      freight: data.freight.map(one => toFreight(one, alias(one.name), world)),
      promotions: toPromotions(
        history.ofStage.get(placeKey(cluster!, namespace!, objectName)) ?? [],
        history,
      ),
    };
  },

  // Kargo runs in one cluster and delivers to others: only what it updates
  // tells. Whoever writes a stage could name anything, hence no say for it.
  environment: (stage, { subjects, config, of }) => {
    const updated =
      findStageApplications(subjects, config).get(stage.ref) ?? [];
    const found = new Set(
      updated.flatMap(({ application }) => of(application)?.value ?? []),
    );
    const [value] = found;
    return found.size === 1
      ? {
          value,
          origin: 'live',
          rule: 'kargo-application',
          evidence: updated[0].evidence,
        }
      : undefined;
  },

  relations: [
    {
      id: 'kargo-requested-freight',
      *infer({ subjects }) {
        for (const stage of subjects.of('KargoStage')) {
          for (const { warehouse, direct, stages } of stage.data.requests) {
            const origins = [
              ...(direct
                ? [besides(subjects, stage, 'warehouse', warehouse)]
                : []),
              ...stages.map(name => besides(subjects, stage, 'stage', name)),
            ];
            for (const origin of origins) {
              if (origin && origin.ref !== stage.ref) {
                yield {
                  from: origin.ref,
                  type: 'promotes',
                  to: stage.ref,
                  evidence: `stage ${stage.namespace}/${stage.objectName} takes freight of warehouse ${warehouse} from ${origin.objectKind} ${origin.objectName}`,
                  confidence: 'certain',
                  partition: stage.partition,
                  carrier: stage.ref,
                };
              }
            }
          }
        }
      },
    },
    {
      id: 'kargo-application',
      *infer({ subjects, config }) {
        const found = findStageApplications(subjects, config);
        for (const stage of subjects.of('KargoStage')) {
          for (const one of found.get(stage.ref) ?? []) {
            yield {
              from: stage.ref,
              type: 'promotes',
              to: one.application.ref,
              evidence: one.evidence,
              confidence: one.authorized ? 'certain' : 'likely',
              partition: one.authorized
                ? one.application.partition
                : stage.partition,
              carrier: stage.ref,
            };
          }
        }
      },
    },
  ],
};
