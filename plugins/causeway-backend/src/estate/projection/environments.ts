import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import { environmentRules } from './environment';
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
  const known = {
    subjects,
    config,
    of: (other: Subject) => other.environment,
  };
  const decideEnvironment = environmentRules(config);
  for (const subject of subjects.all) {
    switch (subject.type) {
      case 'argocd-application': {
        const application = subject as ApplicationSubject;
        subject.environment = decideEnvironment({
          cluster: management.cluster(application),
          namespace: application.data.destination.namespace,
          labels: application.labels,
          byDestination: true,
        });
        break;
      }
      case 'kubernetes-namespace':
        subject.environment = decideEnvironment({
          cluster: subject.cluster,
          namespace: subject.objectName,
          labels: subject.labels,
        });
        break;
      default:
        if (subject.kind?.environment) {
          subject.environment = subject.kind.environment(subject, known);
        } else if (subject.cluster !== undefined) {
          subject.environment = decideEnvironment(subject);
        }
    }
  }
  return {
    of: subject => subject.environment,
    names: [
      ...Object.values(config.clusters).flatMap(
        ({ environment }) => environment ?? [],
      ),
      ...config.environments.map(({ environment }) => environment),
    ],
  };
}
