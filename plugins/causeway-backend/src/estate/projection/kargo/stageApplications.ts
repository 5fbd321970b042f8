import type { ObservedKargoStage } from '../../observations/model';
import { clusterOfInstance } from '../argocdInstances';
import type { ProjectionConfig } from '../config';
import type { ApplicationSubject } from '../management';
import { placeKey } from '../sortObservations';
import type { Subject, Subjects } from '../subjects';

/** A stage of Kargo. */
export type StageSubject = Subject<ObservedKargoStage>;

/** An application that a stage updates, and how that is known. */
export interface StageApplication {
  application: ApplicationSubject;
  evidence: string;
  /** Whether the application itself lets the stage update it. */
  authorized: boolean;
}

type Found = ReadonlyMap<string, StageApplication[]>;

const authorization = 'kargo.akuity.io/authorized-stage';

/** Kargo's own default. */
const defaultNamespace = 'argocd';

const known = new WeakMap<Subjects, Found>();

/**
 * The applications that each stage updates, by the stage's reference. An
 * application names the one stage that may update it; a stage's steps name
 * applications of the Argo CD beside its Kargo, or of the only one that has
 * such an application.
 */
export function findStageApplications(
  subjects: Subjects,
  config: ProjectionConfig,
): Found {
  const stages = subjects.of('KargoStage');
  let found = known.get(subjects);
  if (!found) {
    found = stages.length > 0 ? find(subjects, stages, config) : new Map();
    known.set(subjects, found);
  }
  return found;
}

function find(
  subjects: Subjects,
  stages: StageSubject[],
  config: ProjectionConfig,
): Found {
  const found = new Map<string, Map<string, StageApplication>>();
  const add = (stage: StageSubject, one: StageApplication) => {
    const own = found.get(stage.ref) ?? new Map<string, StageApplication>();
    const { ref } = one.application;
    if (!own.get(ref)?.authorized) {
      own.set(ref, one);
    }
    found.set(stage.ref, own);
  };
  const byProject = group(stages, stage =>
    placeKey(stage.namespace!, stage.objectName),
  );
  const byName = group(subjects.applications, ({ data }) =>
    placeKey(data.namespace, data.name),
  );
  const runsBeside = (stage: StageSubject) => (one: ApplicationSubject) =>
    clusterOfInstance(one.data.instance, config) === stage.cluster;

  for (const application of subjects.applications) {
    const written = application.annotations[authorization];
    const [project, name] = written?.split(':') ?? [];
    const candidates =
      name === undefined ? [] : (byProject.get(placeKey(project, name)) ?? []);
    const stage = only(candidates, one => runsBeside(one)(application));
    if (stage) {
      add(stage, {
        application,
        authorized: true,
        evidence: `application ${application.objectName} of ${application.data.instance} is annotated with ${authorization} ${project}:${name}`,
      });
    }
  }
  for (const stage of stages) {
    for (const { name, namespace } of stage.data.applications) {
      const candidates =
        byName.get(placeKey(namespace ?? defaultNamespace, name)) ?? [];
      const application = only(candidates, runsBeside(stage));
      if (application) {
        add(stage, {
          application,
          authorized: false,
          evidence: `a step of stage ${stage.namespace}/${stage.objectName} updates application ${name}`,
        });
      }
    }
  }
  return new Map([...found].map(([ref, own]) => [ref, [...own.values()]]));
}

/** The one that is preferred, or the only one that there is. */
function only<T>(
  candidates: T[],
  preferred: (one: T) => boolean,
): T | undefined {
  const first = candidates.filter(preferred);
  const left = first.length > 0 ? first : candidates;
  return left.length === 1 ? left[0] : undefined;
}

function group<T>(values: T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const list = groups.get(key) ?? [];
    list.push(value);
    groups.set(key, list);
  }
  return groups;
}
