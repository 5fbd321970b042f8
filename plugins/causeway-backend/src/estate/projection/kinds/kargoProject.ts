import { toConditions } from '../conditions';
import { kargoGroup, projectOf } from '../kargo/project';
import { placeKey } from '../sortObservations';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

/** A project of Kargo, which has the namespace of its name for its own. */
export const kargoProject: SubjectKind<'KargoProject'> = {
  observed: 'KargoProject',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'kargo-project',
      kind: 'Project',
      group: kargoGroup,
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description: `Kargo project on ${subject.cluster}`,
    details: { name: subject.objectName },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  owned: ({ cluster, objectName }, subjects) => ({
    namespace: objectName,
    namespaceSubject: subjects.byPlace.get(
      placeKey(cluster!, '', 'namespace', objectName),
    ),
  }),

  relations: [
    {
      id: 'kargo-project-namespace',
      *infer({ subjects }) {
        for (const project of subjects.of('KargoProject')) {
          const namespace = subjects.byPlace.get(
            placeKey(project.cluster!, '', 'namespace', project.objectName),
          );
          if (namespace) {
            yield {
              from: project.ref,
              type: 'provisions',
              to: namespace.ref,
              evidence: `Kargo keeps what is in project ${project.objectName} in the namespace of that name on ${project.cluster}`,
              confidence: 'certain',
              partition: project.partition,
              carrier: project.ref,
            };
          }
        }
      },
    },
    {
      id: 'kargo-project',
      *infer({ subjects }) {
        for (const one of [
          ...subjects.of('KargoWarehouse'),
          ...subjects.of('KargoStage'),
        ]) {
          const project = projectOf(subjects, one);
          if (project) {
            yield {
              from: one.ref,
              type: 'partOf',
              to: project.ref,
              evidence: `its namespace is ${one.namespace} on ${one.cluster}`,
              confidence: 'certain',
              partition: one.partition,
              carrier: one.ref,
            };
          }
        }
      },
    },
  ],
};
