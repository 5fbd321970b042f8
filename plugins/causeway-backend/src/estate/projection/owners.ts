import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import type { ApplicationSubject, Management } from './management';
import { decideOwner } from './ownership/decideOwner';
import type { OwnedSubject, OwnershipContext } from './ownership/model';
import { mapInPieces } from './pieces';
import { placeKey } from './sortObservations';
import type { RepositorySubject } from './repositories';
import type { Subject, Subjects, WorkloadSubject } from './subjects';
import type { Teams } from './teams';
import type { CodeLocation } from './World';
import type { ObservedArgoProject } from '../observations/model';

/** The owner of everything, and what was said against it. */
export interface Owners {
  of(subject: Subject): SourcedValue | undefined;
  problems: EstateProblem[];
}

/** Decides the owner of every subject once; pauses now and then. */
export function* decideOwners(
  input: {
    subjects: Subjects;
    teams: Teams;
    management: Management;
    codeOf(workload: WorkloadSubject): CodeLocation | undefined;
  },
  config: ProjectionConfig,
): Generator<undefined, Owners> {
  const { subjects, teams, management, codeOf } = input;
  const projects = new Map(
    subjects.projects.map(project => [
      placeKey(project.data.instance, project.objectName),
      project,
    ]),
  );
  const context: OwnershipContext = {
    config,
    teams,
    project: ({ data }) => projects.get(placeKey(data.instance, data.project)),
  };
  const inNamespace = new Map<string, Set<ApplicationSubject>>();
  for (const application of subjects.applications) {
    for (const { subject } of management.managed(application)) {
      const key = placeKey(subject.cluster!, subject.namespace!);
      const own = inNamespace.get(key) ?? new Set();
      inNamespace.set(key, own.add(application));
    }
  }

  const describe = (subject: Subject): OwnedSubject => {
    const common = {
      ref: subject.ref,
      title: subject.title,
      partition: subject.partition,
    };
    switch (subject.type) {
      case 'kubernetes-cluster':
        return { ...common, cluster: subject.cluster };
      case 'kubernetes-namespace':
        return {
          ...common,
          cluster: subject.cluster,
          namespace: subject.objectName,
          // Whoever deploys into a namespace, when it is one team only, is whose it is.
          applications: sameProject(
            inNamespace.get(placeKey(subject.cluster!, subject.objectName)),
          ),
          namespaceSubject: subject,
        };
      case 'argocd-application':
        return {
          ...common,
          name: subject.objectName,
          applications: [subject as ApplicationSubject],
          annotations: subject.annotations,
        };
      case 'argocd-project':
        return {
          ...common,
          name: subject.objectName,
          project: subject as Subject<ObservedArgoProject>,
        };
      case 'github-repository':
        return { ...common, repository: subject as RepositorySubject };
      default:
        return {
          ...common,
          cluster: subject.cluster,
          namespace: subject.namespace,
          name: subject.objectName,
          applications: management.managers(subject.ref),
          namespaceSubject: subjects.byPlace.get(
            placeKey(subject.cluster!, '', 'namespace', subject.namespace!),
          ),
          code:
            subject.type === 'kubernetes-workload'
              ? codeOf(subject as WorkloadSubject)?.repository
              : undefined,
          annotations: subject.annotations,
        };
    }
  };

  const decided = new Map<string, SourcedValue>();
  const problems: EstateProblem[] = [];
  const decisions = yield* mapInPieces(subjects.all, subject => ({
    subject,
    decision: decideOwner(describe(subject), context),
  }));
  for (const { subject, decision } of decisions) {
    problems.push(...decision.problems);
    if (decision.owner) {
      decided.set(subject.ref, decision.owner);
    }
  }
  return { of: subject => decided.get(subject.ref), problems };
}

function sameProject(
  applications: Iterable<ApplicationSubject> = [],
): ApplicationSubject[] {
  const all = [...applications];
  return new Set(all.map(({ data }) => data.project)).size === 1 ? all : [];
}
