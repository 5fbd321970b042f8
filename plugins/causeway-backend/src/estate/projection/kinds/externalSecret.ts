import { toConditions } from '../conditions';
import { objectByUid } from '../objectsByUid';
import type { RelationRule } from '../relations/model';
import { secretUsers } from '../secretUsers';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const group = 'external-secrets.io';

const dependsOnStore: RelationRule = {
  id: 'secret-store',
  *infer({ subjects }) {
    for (const secret of subjects.of('ExternalSecret')) {
      const { store } = secret.data;
      const found =
        store &&
        subjects.byPlace.get(
          placeKey(
            secret.cluster!,
            store.kind === 'ClusterSecretStore' ? '' : secret.namespace!,
            `${store.kind.toLowerCase()}.${group}`,
            store.name,
          ),
        );
      if (found) {
        yield {
          from: secret.ref,
          type: 'dependsOn',
          to: found.ref,
          evidence: `${secret.data.secretKind} ${secret.objectName} names ${store.kind} ${store.name}`,
          confidence: 'certain',
          partition: secret.partition,
          carrier: secret.ref,
        };
      }
    }
  },
};

const securesWorkload: RelationRule = {
  id: 'external-secret-target',
  *infer({ subjects }) {
    for (const secret of subjects.of('ExternalSecret')) {
      const { target, secretKind } = secret.data;
      if (secretKind !== 'ExternalSecret' || target === undefined) {
        continue;
      }
      const place = {
        cluster: secret.cluster!,
        namespace: secret.namespace!,
        name: target,
      };
      for (const workload of secretUsers(subjects, place)) {
        yield {
          from: secret.ref,
          type: 'secures',
          to: workload.ref,
          evidence: `${workload.data.workloadKind} ${workload.objectName} uses Secret ${target}, which ExternalSecret ${secret.objectName} brings`,
          confidence: 'certain',
          partition: secret.partition,
          carrier: secret.ref,
        };
      }
    }
  },
};

/** A ClusterExternalSecret makes an ExternalSecret in each of its namespaces. */
const spreads: RelationRule = {
  id: 'cluster-external-secret',
  *infer({ subjects }) {
    for (const secret of subjects.of('ExternalSecret')) {
      for (const { kind, uid } of secret.data.meta.owners ?? []) {
        const owner =
          kind === 'ClusterExternalSecret'
            ? objectByUid(subjects, secret.cluster!, uid)
            : undefined;
        if (owner?.type === 'external-secret' && owner !== secret) {
          yield {
            from: owner.ref,
            type: 'provisions',
            to: secret.ref,
            evidence: `ExternalSecret ${secret.namespace}/${secret.objectName} names ClusterExternalSecret ${owner.objectName} as its owner`,
            confidence: 'certain',
            partition: secret.partition,
            carrier: secret.ref,
          };
        }
      }
    }
  },
};

/** A Secret that comes from elsewhere, by its names only. */
export const externalSecret: SubjectKind<'ExternalSecret'> = {
  observed: 'ExternalSecret',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'external-secret',
      kind: observation.data.secretKind,
      group,
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description: subject.namespace
      ? `ExternalSecret in namespace ${subject.namespace} on ${subject.cluster}`
      : `ClusterExternalSecret on ${subject.cluster}`,
    details: {
      kind: subject.data.secretKind,
      name: subject.objectName,
      secret: safeText(subject.data.target, 253),
      keys: subject.data.keys,
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [dependsOnStore, securesWorkload, spreads],
};
