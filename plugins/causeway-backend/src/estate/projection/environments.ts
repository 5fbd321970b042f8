import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import { decideEnvironment } from './environment';
import type { ApplicationSubject, Management } from './management';
import type { Subject, Subjects } from './subjects';

/** The environment of everything that is in one. */
export interface Environments {
  of(subject: Subject): SourcedValue | undefined;
  /** Every environment that the configuration names. */
  names: string[];
}

/** Decides the environment of every subject once. */
export function decideEnvironments(
  subjects: Subjects,
  management: Management,
  config: ProjectionConfig,
): Environments {
  const decided = new Map<string, SourcedValue>();
  const set = (subject: Subject, value: SourcedValue | undefined) => {
    if (value) {
      decided.set(subject.ref, value);
    }
  };
  const known = {
    subjects,
    config,
    of: (other: Subject) => decided.get(other.ref),
  };
  for (const subject of subjects.all) {
    switch (subject.type) {
      case 'argocd-application': {
        const application = subject as ApplicationSubject;
        set(
          application,
          decideEnvironment(
            {
              cluster: management.cluster(application),
              namespace: application.data.destination.namespace,
              labels: application.labels,
              byDestination: true,
            },
            config,
          ),
        );
        break;
      }
      case 'kubernetes-namespace':
        set(
          subject,
          decideEnvironment(
            { ...subject, namespace: subject.objectName },
            config,
          ),
        );
        break;
      default:
        if (subject.kind?.environment) {
          set(subject, subject.kind.environment(subject, known));
        } else if (subject.cluster !== undefined) {
          set(subject, decideEnvironment(subject, config));
        }
    }
  }
  return {
    of: subject => decided.get(subject.ref),
    names: [
      ...Object.values(config.clusters).flatMap(
        ({ environment }) => environment ?? [],
      ),
      ...config.environments.map(({ environment }) => environment),
    ],
  };
}
