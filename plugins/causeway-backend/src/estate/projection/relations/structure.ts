import { placeKey } from '../sortObservations';
import { placed, type Subject } from '../subjects';
import type { RelationRule } from './model';

/** A workload is part of the service that it is an instance of. */
export const workloadPartOfService: RelationRule = {
  id: 'service-identity',
  *infer({ services }) {
    for (const { members, ref, claim } of services) {
      for (const { workload, identity } of members) {
        yield {
          from: workload.ref,
          type: 'partOf',
          to: ref,
          evidence: claim ? claim.evidence : identity.evidence,
          confidence:
            claim || identity.rule === 'annotation' ? 'certain' : 'likely',
          partition: workload.partition,
          carrier: workload.ref,
        };
      }
    }
  },
};

/** A namespace is part of its cluster. */
export const namespacePartOfCluster: RelationRule = {
  id: 'namespace-of-cluster',
  *infer({ subjects }) {
    const clusters = new Map(
      subjects.clusters.map(cluster => [cluster.objectName, cluster]),
    );
    for (const namespace of subjects.namespaces) {
      const cluster = clusters.get(namespace.cluster!);
      if (cluster) {
        yield {
          from: namespace.ref,
          type: 'partOf',
          to: cluster.ref,
          evidence: `cluster ${cluster.objectName} lists namespace ${namespace.objectName}`,
          confidence: 'certain',
          partition: namespace.partition,
          carrier: namespace.ref,
        };
      }
    }
  },
};

/** An application is part of its Argo CD project. */
export const applicationPartOfProject: RelationRule = {
  id: 'argocd-project',
  *infer({ subjects }) {
    const projects = new Map(
      subjects.projects.map(project => [
        placeKey(project.data.instance, project.objectName),
        project,
      ]),
    );
    for (const application of subjects.applications) {
      const { instance, project: name } = application.data;
      const project = projects.get(placeKey(instance, name));
      if (project) {
        yield {
          from: application.ref,
          type: 'partOf',
          to: project.ref,
          evidence: `application ${application.objectName} names project ${name}`,
          confidence: 'certain',
          partition: application.partition,
          carrier: application.ref,
        };
      }
    }
  },
};

/** A Rollout uses the workload whose pod template it takes. */
export const rolloutUsesTemplate: RelationRule = {
  id: 'rollout-workload-ref',
  *infer({ subjects }) {
    for (const rollout of subjects.workloads) {
      const template = rollout.data.rollout?.templateOf;
      const lender =
        template &&
        subjects.byPlace.get(
          placeKey(
            rollout.cluster,
            rollout.namespace,
            template.kind.toLowerCase(),
            template.name,
          ),
        );
      if (lender && lender.ref !== rollout.ref) {
        yield {
          from: rollout.ref,
          type: 'uses',
          to: lender.ref,
          evidence: `Rollout ${rollout.namespace}/${rollout.objectName} on ${rollout.cluster} takes its pod template from ${template.kind} ${template.name}`,
          confidence: 'certain',
          partition: rollout.partition,
          carrier: rollout.ref,
        };
      }
    }
  },
};

/** Whatever lives in a namespace runs on it. */
export const runsOnNamespace: RelationRule = {
  id: 'namespace',
  *infer({ subjects }) {
    let last: Subject | undefined;
    let evidence = '';
    for (const subject of placed(subjects)) {
      const { home } = subject;
      if (home) {
        if (home !== last) {
          // What is in one namespace comes together.
          evidence = `its namespace is ${subject.namespace} on ${subject.cluster}`;
          last = home;
        }
        yield {
          from: subject.ref,
          type: 'runsOn',
          to: home.ref,
          evidence,
          confidence: 'certain',
          partition: subject.partition,
          carrier: subject.ref,
        };
      }
    }
  },
};
