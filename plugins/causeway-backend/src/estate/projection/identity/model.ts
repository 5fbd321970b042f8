import type { ApplicationSubject } from '../management';
import type { WorkloadSubject } from '../subjects';

/** Which service a workload is an instance of. */
export interface Identity {
  /** Two workloads with the same key are the same service. */
  key: string;
  /** The service's name, as it was found. */
  name: string;
  /** Tells services of one name apart. */
  namespace: string;
  rule: string;
  evidence: string;
}

/** What identity rules may look at. */
export interface IdentityContext {
  /** The applications that manage a workload, in order. */
  managers(workload: WorkloadSubject): ApplicationSubject[];
  /** Different service names that the labels of an application's workloads give. */
  labelledNames(application: ApplicationSubject): number;
  /** Names of clusters and environments, lower case: they tell places apart, not services. */
  placeNames: ReadonlySet<string>;
}

/** A rule of identity: pure, and silent where it does not apply. */
export interface IdentityRule {
  id: string;
  identify(
    workload: WorkloadSubject,
    context: IdentityContext,
  ): Omit<Identity, 'rule'> | undefined;
}
