import type { IngestedType } from '@causeway/backstage-plugin-causeway-common';
import { toConditions } from '../conditions';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

/** `FeatureFlag` as people write it: `feature-flag`. */
function readableType(kind: string): string {
  return (
    kind
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'object'
  );
}

/** An object of a kind that the configuration adds. */
export const configuredObject: SubjectKind<'ConfiguredObject'> = {
  observed: 'ConfiguredObject',

  identify: observation =>
    identifyInCluster(observation, {
      // The configuration may call its kinds as it likes.
      type: (observation.data.type ??
        readableType(observation.data.kind)) as IngestedType,
      kind: observation.data.kind,
      group: observation.data.group,
    }),

  describe(subject) {
    const { kind, title, fields = {} } = subject.data;
    const what = safeText(title ?? kind, 63);
    return {
      title: placedTitle(subject),
      description: subject.namespace
        ? `${what} in namespace ${subject.namespace} on ${subject.cluster}`
        : `${what} on ${subject.cluster}`,
      details: {
        kind: safeText(kind, 63),
        name: subject.objectName,
        ...Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            typeof value === 'string' ? safeText(value, 253) : value,
          ]),
        ),
      },
    };
  },

  conditions: ({ conditions }) => toConditions(conditions),

  owned: ({ data }) => ({ configuredOwner: data.owner }),

  relations: [
    {
      id: 'configured-reference',
      *infer({ subjects }) {
        for (const subject of subjects.of('ConfiguredObject')) {
          for (const reference of subject.data.references ?? []) {
            const { kind, group, name, namespace } = reference;
            const find = (where: string, told: string) =>
              subjects.byPlace.get(
                placeKey(subject.cluster!, where, told, name),
              );
            const told = kind.toLowerCase();
            const place = namespace ?? subject.namespace ?? '';
            const target =
              find(place, `${told}.${group}`) ??
              find(place, told) ??
              find('', `${told}.${group}`) ??
              find('', told);
            if (target && target.ref !== subject.ref) {
              yield {
                from: subject.ref,
                type: reference.relation,
                to: target.ref,
                evidence: `${subject.data.kind} ${subject.objectName} on ${subject.cluster} names ${kind} ${name}`,
                confidence: 'certain',
                partition: subject.partition,
                carrier: subject.ref,
              };
            }
          }
        }
      },
    },
  ],
};
