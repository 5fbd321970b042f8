import { asObject } from '../../argocd/json';
import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { apiTime } from '../../kubernetes/objects/stamp';
import { ClusterName } from '../../seed/model';
import { EstateWorld } from '../EstateWorld';
import { projectManifests, stageManifests } from './kargoObjects';
import { installKargoTypes } from './kargoTypes';

const byHand = { manager: 'kubectl-client-side-apply' };
const controller = { manager: 'kargo-controller' };

const ready = (time: string) => ({
  observedGeneration: 1,
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      reason: 'Synced',
      message: '',
      lastTransitionTime: time,
      observedGeneration: 1,
    },
  ],
});

/**
 * Installs Kargo where the company runs it, with what its projects have
 * delivered so far. Nothing is promoted from here on but by writing to it.
 */
export function installKargo(world: EstateWorld, webUrl: string): void {
  const { company } = world;
  const clusters = new Set(company.kargo.map(({ cluster }) => cluster));
  clusters.forEach(name => installKargoTypes(world.cluster(name)));
  for (const project of company.kargo) {
    const cluster = world.cluster(project.cluster);
    const time = apiTime(world.now());
    for (const object of projectManifests({ company, project, webUrl })) {
      const byController = object.kind === 'Freight';
      cluster.apply(object, byController ? controller : byHand);
      if (!byController) {
        const type = `${object.kind.toLowerCase()}s.kargo.akuity.io`;
        const { name, namespace } = object.metadata;
        cluster.updateStatus(type, name, namespace, ready(time));
      }
    }
    for (const place of project.steps.flat()) {
      installStage(cluster, {
        ...stageManifests({ company, project, cluster: place, webUrl, time }),
        health: healthOf(world, project.name, place),
      });
    }
  }
}

function installStage(
  cluster: SimulatedCluster,
  made: ReturnType<typeof stageManifests> & { health: string },
): void {
  const { stage, promotion, stageStatus, promotionStatus, health } = made;
  cluster.apply(stage, byHand);
  cluster.apply(promotion, controller);
  const { namespace } = stage.metadata;
  cluster.updateStatus(
    'promotions.kargo.akuity.io',
    promotion.metadata.name,
    namespace,
    promotionStatus,
  );
  cluster.updateStatus(
    'stages.kargo.akuity.io',
    stage.metadata.name,
    namespace,
    { ...stageStatus, health: { status: health } },
  );
}

/** As Kargo takes it over from the application that the stage updates. */
function healthOf(
  world: EstateWorld,
  project: string,
  place: ClusterName,
): string {
  const application = world
    .argocdOf(place)
    .applications()
    .find(
      ({ metadata }) =>
        metadata.annotations?.['kargo.akuity.io/authorized-stage'] ===
        `${project}:${place}`,
    );
  switch (asObject(asObject(application?.status).health).status) {
    case 'Healthy':
      return 'Healthy';
    case 'Suspended':
    case 'Progressing':
      return 'Progressing';
    case 'Degraded':
      return 'Unhealthy';
    default:
      return 'Unknown';
  }
}
