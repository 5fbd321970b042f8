import type { EntityContext } from '../../projection/model';
import type { WorkloadSubject } from '../../projection/subjects';
import type { World } from '../../projection/World';
import { deriveAutoscaling } from '../derive/autoscaling';
import { deriveDelivery } from '../derive/delivery';
import { deriveDisruption } from '../derive/disruption';
import { findTemplate } from '../derive/goldenPath';
import { deriveImage, deriveImageAge } from '../derive/image';
import { deriveNetwork } from '../derive/network';
import { derivePolicy } from '../derive/policy';
import { deriveProbes } from '../derive/probes';
import { deriveReplicas } from '../derive/replicas';
import { deriveResources } from '../derive/resources';
import type { FactSheet } from '../FactSheet';
import { addTemplate } from './addTemplate';

/** Adds what is known of a workload: of itself, of what stands beside it, and of where its image comes from. */
export function addWorkload(
  sheet: FactSheet,
  workload: WorkloadSubject,
  context: EntityContext,
  world: World,
): void {
  const { data, image } = workload;
  const { surroundings } = world;
  const own = sheet.from(workload);
  own['workload.kind'] = data.workloadKind;
  deriveProbes(data, own);
  deriveResources(data, own);
  deriveReplicas(data, own);
  if (image) {
    deriveImage(image, own);
  }
  const siblings = surroundings.siblings(workload);
  if (data.workloadKind !== 'CronJob' && data.workloadKind !== 'DaemonSet') {
    deriveAutoscaling(
      surroundings.autoscaler(workload),
      sheet.from(siblings.autoscalers),
    );
    deriveDisruption(
      data.podLabels,
      surroundings.budgets(workload),
      sheet.from(siblings.budgets),
    );
  }
  deriveNetwork(
    data.podLabels,
    surroundings.networkPolicies(workload),
    sheet.from(siblings.networkPolicies),
  );
  const policyReports = surroundings.policyReports(workload);
  if (policyReports) {
    derivePolicy(context.policyFailures ?? [], sheet.from(policyReports));
  }
  const [application] = world.management.managers(workload.ref);
  if (application || surroundings.hasArgocd) {
    const delivery = sheet.from(application ?? workload);
    deriveDelivery(application, delivery);
    delivery.sync = context.sync;
  }
  const code =
    image?.tag === undefined || world.subjects.repositories.length === 0
      ? undefined
      : world.codeOf(workload);
  if (code) {
    const origin = code.rule === 'annotation' ? 'claimed' : 'live';
    const { repository } = code;
    const { latestRelease } = repository.data;
    const delivery = surroundings.delivery(repository);
    const releases = [
      ...(latestRelease ? [latestRelease] : []),
      ...(delivery?.data.releases ?? []),
    ];
    deriveImageAge(image!, releases, sheet.from(repository, origin));
  }
  addTemplate(
    sheet,
    workload,
    findTemplate([workload.annotations, workload.labels]),
  );
}
