import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { Surroundings } from '../facts/surroundings';
import type { ProjectionConfig } from './config';
import type { AppliedClaim } from './identity/claims';
import type { Service } from './identity/services';
import type { Management } from './management';
import type { Repositories, RepositorySubject } from './repositories';
import type { ServiceSelection } from './serviceSelection';
import type { SortedObservations } from './sortObservations';
import type { Subject, Subjects, WorkloadSubject } from './subjects';
import type { Teams } from './teams';

/** Where the code of something is, and how that was found. */
export interface CodeLocation {
  repository: RepositorySubject;
  rule: string;
  evidence: string;
}

/** A service with the Component that stands for it: ours, or the one that claims it. */
export interface NamedService extends Service {
  /** Reference of the Component. */
  ref: string;
  /** Name of the Component, where it is ours. */
  componentName: string;
  claim?: AppliedClaim;
  code?: CodeLocation;
}

/** All that is known once subjects are named and rules have decided: what relations and entities are made of. */
export interface World {
  config: ProjectionConfig;
  observed: SortedObservations;
  subjects: Subjects;
  teams: Teams;
  management: Management;
  selection: ServiceSelection;
  surroundings: Surroundings;
  repositories: Repositories;
  services: NamedService[];
  /** The service that a workload is an instance of; none for datastores and what runs an agent. */
  serviceOf(workload: WorkloadSubject): NamedService | undefined;
  codeOf(workload: WorkloadSubject): CodeLocation | undefined;
  /** The service that is said to replace another. */
  successorOf(service: NamedService): string | undefined;
  owner(subject: Subject): SourcedValue | undefined;
  environment(subject: Subject): SourcedValue | undefined;
  problems: EstateProblem[];
}
