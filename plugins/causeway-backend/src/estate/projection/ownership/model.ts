import type { Origin } from '@causeway/backstage-plugin-causeway-common';
import type { ObservedArgoProject } from '../../observations/model';
import type { ProjectionConfig } from '../config';
import type { ApplicationSubject } from '../management';
import type { RepositorySubject } from '../repositories';
import type { Subject } from '../subjects';
import type { Teams } from '../teams';

/** What an owner is decided from; each rule looks at its own part. */
export interface OwnedSubject {
  ref: string;
  title: string;
  partition: string;
  cluster?: string;
  namespace?: string;
  name?: string;
  /** The Argo CD applications that manage it, or the application itself. */
  applications?: readonly ApplicationSubject[];
  /** For Argo CD projects: itself. */
  project?: Subject<ObservedArgoProject>;
  /** For repositories: itself. Never the repository that an image name points to: tenants write those. */
  repository?: RepositorySubject;
  /** Where its code is, by whatever evidence. */
  code?: RepositorySubject;
  /** The namespace that it lives in, or the namespace itself. */
  namespaceSubject?: Subject;
  annotations?: Record<string, string>;
  /** Whom the configuration names as the owner of all of its kind. */
  configuredOwner?: string;
}

/** What one rule says. */
export interface Opinion {
  /** As the rule read it: a team slug or an entity reference. */
  owner: string;
  origin: Origin;
  evidence: string;
  /** What was read where that is not the subject itself: a namespace, a repository. */
  about?: Subject;
}

/** What rules may look at besides the subject. */
export interface OwnershipContext {
  config: ProjectionConfig;
  teams: Teams;
  /** The project of an application. */
  project(
    application: ApplicationSubject,
  ): Subject<ObservedArgoProject> | undefined;
}

/** A rule of ownership: pure, and silent where it does not apply. */
export interface OwnershipRuleDefinition {
  id: string;
  /** Opinions; more than one is a disagreement that decides nothing. */
  opinions(subject: OwnedSubject, context: OwnershipContext): Opinion[];
}
