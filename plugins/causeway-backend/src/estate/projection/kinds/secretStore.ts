import { toConditions } from '../conditions';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

/** Where External Secrets come from. */
export const secretStore: SubjectKind<'SecretStore'> = {
  observed: 'SecretStore',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'secret-store',
      kind: observation.data.storeKind,
      group: 'external-secrets.io',
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description: subject.namespace
      ? `SecretStore in namespace ${subject.namespace} on ${subject.cluster}`
      : `ClusterSecretStore on ${subject.cluster}`,
    details: {
      kind: subject.data.storeKind,
      name: subject.objectName,
      provider: safeText(subject.data.provider, 63),
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),
};
