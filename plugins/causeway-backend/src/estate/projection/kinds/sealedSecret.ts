import { toConditions } from '../conditions';
import { secretUsers } from '../secretUsers';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

/** A Secret that lies sealed in Git, by its names only. */
export const sealedSecret: SubjectKind<'SealedSecret'> = {
  observed: 'SealedSecret',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'sealed-secret',
      kind: 'SealedSecret',
      group: 'bitnami.com',
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description: `SealedSecret in namespace ${subject.namespace} on ${subject.cluster}`,
    details: {
      name: subject.objectName,
      secret: safeText(subject.data.target, 253),
      keys: subject.data.keys,
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [
    {
      id: 'sealed-secret-target',
      *infer({ subjects }) {
        for (const secret of subjects.of('SealedSecret')) {
          const place = {
            cluster: secret.cluster!,
            namespace: secret.namespace!,
            name: secret.data.target,
          };
          for (const workload of secretUsers(subjects, place)) {
            yield {
              from: secret.ref,
              type: 'secures',
              to: workload.ref,
              evidence: `${workload.data.workloadKind} ${workload.objectName} uses Secret ${place.name}, which SealedSecret ${secret.objectName} brings`,
              confidence: 'certain',
              partition: secret.partition,
              carrier: secret.ref,
            };
          }
        }
      },
    },
  ],
};
