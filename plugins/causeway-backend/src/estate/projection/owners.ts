import {
  causewayAnnotations,
  type EstateProblem,
  type SourcedValue,
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
          namespaceSubject: subject.home,
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

  const problems: EstateProblem[] = [];
  const byHome = new Map<Subject, SourcedValue | undefined>();
  const followsHome = onlyPlacesAreConfigured(config);
  yield* eachInPieces(subjects.all, subject => {
    const owned = describe(subject);
    const home =
      followsHome &&
      !subject.kind?.owned &&
      saysNothingItself(owned) &&
      subject.home;
    if (home && byHome.has(home)) {
      subject.owner = byHome.get(home);
      return;
    }
    const decision = decideOwner(owned, context);
    problems.push(...decision.problems);
    subject.owner = decision.owner;
    if (home) {
      byHome.set(home, decision.owner);
    }
  });
  return { of: subject => subject.owner, problems };
}

/** Whether no configured rule looks at more of a thing than where it is. */
function onlyPlacesAreConfigured({ ownership }: ProjectionConfig): boolean {
  return ownership.rules.every(
    ({ name, project, repository }) =>
      name === undefined && project === undefined && repository === undefined,
  );
}

/**
 * Whether nothing but the namespace can tell the owner of a thing, as with most
 * of what lives in one: what is decided of the first is decided of all.
 */
function saysNothingItself({
  applications,
  annotations,
  code,
  configuredOwner,
  repository,
  project,
}: OwnedSubject): boolean {
  return (
    !applications?.length &&
    !annotations?.[causewayAnnotations.owner] &&
    code === undefined &&
    configuredOwner === undefined &&
    repository === undefined &&
    project === undefined
  );
}

function sameProject(
  applications: Iterable<ApplicationSubject> = [],
): ApplicationSubject[] {
  const all = [...applications];
  return new Set(all.map(({ data }) => data.project)).size === 1 ? all : [];
}
