import type { GoldenPart } from '../GoldenPart';
import { resourceRef } from '../names';
import { applicationOf } from '../../defaults';

/** Projects, warehouses and stages of Kargo, and the way from code to applications. */
export const goldenKargo: GoldenPart = (
  company,
  _placements,
  { entity, edge, own },
) => {
  for (const { name, cluster, service: path, steps } of company.kargo) {
    const service = company.services.find(
      one => `${one.namespace}/${one.name}` === path,
    )!;
    const { team, repository } = service;
    const namespace = resourceRef(cluster, name);
    const project = resourceRef(cluster, 'project', name);
    const warehouse = resourceRef(cluster, name, 'warehouse', service.name);
    const stage = (place: string) => resourceRef(cluster, name, 'stage', place);
    const add = (ref: string, type: string) => {
      entity(ref, type);
      own(ref, team);
      if (ref !== project) {
        edge(ref, 'partOf', project);
        edge(ref, 'runsOn', namespace);
      }
    };

    add(project, 'kargo-project');
    edge(project, 'provisions', namespace);
    add(warehouse, 'kargo-warehouse');
    edge(
      warehouse,
      'sourcedFrom',
      resourceRef('github', company.organization, repository!),
    );
    steps.forEach((places, index) => {
      for (const place of places) {
        const { argocd } = company.clusters.find(one => one.name === place)!;
        add(stage(place), 'kargo-stage');
        (steps[index - 1]?.map(stage) ?? [warehouse]).forEach(from =>
          edge(from, 'promotes', stage(place)),
        );
        edge(
          stage(place),
          'promotes',
          resourceRef(
            argocd,
            'argocd',
            'application',
            `${applicationOf(service)}-${place}`,
          ),
        );
      }
    });
  }
};
