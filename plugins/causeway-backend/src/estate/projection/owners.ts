import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import type { ApplicationSubject, Management } from './management';
import { decideOwner } from './ownership/decideOwner';
import type { OwnedSubject, OwnershipContext } from './ownership/model';
import { eachInPieces } from './pieces';
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
  // Custom resources in a place that nobody configured may be made up.
  const hasSay = ({ data }: ApplicationSubject) =>
    Object.hasOwn(config.argocd, data.instance);
  for (const application of subjects.applications.filter(hasSay)) {
    for (const { subject } of management.managed(application)) {
      const key = placeKey(subject.cluster!, subject.namespace!);
      const own = inNamespace.get(key) ?? new Set();
      inNamespace.set(key, own.add(application));
    }
  }

  const describe = (subject: Subject): OwnedSubject => {
    const { ref, title, partition, cluster } = subject;
    switch (subject.type) {
      case 'kubernetes-cluster':
        return { ref, title, partition, cluster };
      case 'kubernetes-namespace':
        return {
          ref,
          title,
          partition,
          cluster,
          namespace: subject.objectName,
          // Whoever deploys into a namespace, when it is one team only, is whose it is.
          applications: sameProject(
            inNamespace.get(placeKey(cluster!, subject.objectName)),
          ),
          namespaceSubject: subject,
        };
      case 'argocd-application':
        return {
          ref,
          title,
          partition,
          name: subject.objectName,
          applications: [subject as ApplicationSubject],
          annotations: subject.annotations,
        };
      case 'argocd-project':
        return {
          ref,
          title,
          partition,
          name: subject.objectName,
          project: subject as Subject<ObservedArgoProject>,
        };
      case 'github-repository':
        return {
          ref,
          title,
          partition,
          repository: subject as RepositorySubject,
        };
      default: {
        const { namespace } = subject;
        const owned: OwnedSubject = {
          ref,
          title,
          partition,
          cluster,
          namespace,
          name: subject.objectName,
          applications: management.managers(ref).filter(hasSay),
          namespaceSubject:
            cluster !== undefined && namespace
              ? subjects.byPlace.get(
                  placeKey(cluster, '', 'namespace', namespace),
                )
              : undefined,
          code:
            subject.type === 'kubernetes-workload'
              ? codeOf(subject as WorkloadSubject)?.repository
              : undefined,
          annotations: subject.annotations,
        };
        const own = subject.kind?.owned?.(subject, subjects);
        return own ? Object.assign(owned, own) : owned;
      }
    }
  };

  const decided = new Map<string, SourcedValue>();
  const problems: EstateProblem[] = [];
  yield* eachInPieces(subjects.all, subject => {
    const decision = decideOwner(describe(subject), context);
    problems.push(...decision.problems);
    if (decision.owner) {
      decided.set(subject.ref, decision.owner);
    }
  });
  return { of: subject => decided.get(subject.ref), problems };
}

function sameProject(
  applications: Iterable<ApplicationSubject> = [],
): ApplicationSubject[] {
  const all = [...applications];
  return new Set(all.map(({ data }) => data.project)).size === 1 ? all : [];
}
