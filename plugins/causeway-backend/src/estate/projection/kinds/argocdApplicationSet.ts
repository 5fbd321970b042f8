import { instancePart } from '../argocdInstances';
import { toConditions } from '../conditions';
import type { ApplicationSubject } from '../management';
import { placeKey } from '../sortObservations';
import type { Subjects } from '../subjects';
import { safeText } from '../text';
import type { SubjectKind } from './SubjectKind';

const generated = new WeakMap<Subjects, Map<string, ApplicationSubject[]>>();

/** The applications that name a set as their owner, by the set. */
function generatedBy(subjects: Subjects): Map<string, ApplicationSubject[]> {
  let bySet = generated.get(subjects);
  if (!bySet) {
    bySet = new Map();
    for (const application of subjects.applications) {
      const { instance, namespace, applicationSet } = application.data;
      if (applicationSet !== undefined) {
        const key = placeKey(instance, namespace, applicationSet);
        bySet.set(key, [...(bySet.get(key) ?? []), application]);
      }
    }
    generated.set(subjects, bySet);
  }
  return bySet;
}

const setKey = (data: { instance: string; namespace: string; name: string }) =>
  placeKey(data.instance, data.namespace, data.name);

/** A set that generates applications of Argo CD. */
export const argocdApplicationSet: SubjectKind<'ArgoApplicationSet'> = {
  observed: 'ArgoApplicationSet',

  identify: ({ data }) => ({
    type: 'argocd-applicationset',
    parts: [
      instancePart(data.instance),
      data.namespace,
      'applicationset',
      data.name,
    ],
    title: `${data.name} of ${data.instance}`,
    objectKind: 'applicationset',
    group: 'argoproj.io',
    objectName: data.name,
    labels: data.labels,
    annotations: data.annotations,
  }),

  describe: ({ data }) => ({
    title: `${data.name} (${data.instance})`,
    description: `Argo CD application set in namespace ${data.namespace}`,
    details: {
      instance: data.instance,
      name: data.name,
      generators: data.generators.flatMap(kind => safeText(kind, 63) ?? []),
      project: safeText(data.project, 253),
    },
  }),

  // Argo CD has no page of one set.
  links: () => [],

  conditions: ({ conditions }) => toConditions(conditions),

  health: ({ conditions = [] }) => {
    const status = (type: string) =>
      conditions.find(condition => condition.type === type)?.status;
    if (status('ErrorOccurred') === 'True') {
      return 'degraded';
    }
    switch (status('ResourcesUpToDate')) {
      case 'True':
        return 'healthy';
      case 'False':
        return 'progressing';
      default:
        return 'unknown';
    }
  },

  owned: ({ data, annotations }, subjects) => ({
    applications: generatedBy(subjects).get(setKey(data)) ?? [],
    annotations,
  }),

  relations: [
    {
      id: 'argocd-applicationset',
      *infer({ subjects }) {
        const bySet = generatedBy(subjects);
        for (const set of subjects.of('ArgoApplicationSet')) {
          for (const application of bySet.get(setKey(set.data)) ?? []) {
            yield {
              from: set.ref,
              type: 'provisions',
              to: application.ref,
              evidence: `application ${application.objectName} of ${set.data.instance} names ApplicationSet ${set.objectName} as its owner`,
              confidence: 'certain',
              partition: application.partition,
              carrier: application.ref,
            };
          }
        }
      },
    },
    {
      id: 'argocd-applicationset-project',
      *infer({ subjects }) {
        const projects = new Map(
          subjects.projects.map(project => [
            placeKey(project.data.instance, project.objectName),
            project,
          ]),
        );
        for (const set of subjects.of('ArgoApplicationSet')) {
          const { instance, project: name } = set.data;
          // A placeholder names no project.
          const project =
            name === undefined
              ? undefined
              : projects.get(placeKey(instance, name));
          if (project) {
            yield {
              from: set.ref,
              type: 'partOf',
              to: project.ref,
              evidence: `the template of ApplicationSet ${set.objectName} names project ${name}`,
              confidence: 'certain',
              partition: set.partition,
              carrier: set.ref,
            };
          }
        }
      },
    },
  ],
};
