import { meridian } from '../meridian';
import { CompanySeed } from '../model';
import { goldenParts } from './goldenParts';
import { resourceRef } from './names';
import { ownerOfProject, placeCompany } from './placements';

/**
 * A relation that the catalog must hold, in its forward direction.
 *
 * @public
 */
export interface GoldenEdge {
  source: string;
  type: string;
  target: string;
}

/**
 * An edge as a line: `component:default/cart dependsOn component:default/catalogue`.
 *
 * @public
 */
export function formatEdge({ source, type, target }: GoldenEdge): string {
  return `${source} ${type} ${target}`;
}

/**
 * Every relation that the company's declared intent amounts to, sorted by
 * their lines: its services and what they call, its datastores, teams, routes
 * and deliveries. Nothing here looks at the simulated systems or infers
 * anything from them.
 *
 * What nobody owns (clusters, the `default` and `scratch` namespaces, a
 * repository without CODEOWNERS) has no `ownedBy`: no default owner is set.
 *
 * @public
 */
export function expectedEdges(company: CompanySeed = meridian): GoldenEdge[] {
  const placements = placeCompany(company);
  const { workloads, resources, applications, components } = placements;
  const edges = new Map<string, GoldenEdge>();
  const add = (source: string, type: string, target: string) => {
    const edge = { source, type, target };
    edges.set(formatEdge(edge), edge);
  };
  const own = (ref: string, team: string | undefined) => {
    if (team) {
      add(ref, 'ownedBy', `group:default/${team}`);
    }
  };
  const component = (namespace: string, name: string) =>
    `component:default/${components.get(`${namespace}/${name}`)}`;
  const repository = (name: string) =>
    resourceRef('github', company.organization, name);
  /** The service behind `namespace/workload`. */
  const serviceAt = (address: string) => {
    const [namespace, name] = address.split('/');
    const declared = company.services.find(
      service =>
        service.namespace === namespace &&
        service.workloads.some(workload => workload.name === name),
    );
    return component(namespace, declared?.name ?? name);
  };

  for (const { name } of company.clusters) {
    add(resourceRef(name, 'default'), 'partOf', resourceRef(name));
  }
  for (const { name, clusters, owner } of company.namespaces) {
    for (const cluster of clusters) {
      const ref = resourceRef(cluster, name);
      add(ref, 'partOf', resourceRef(cluster));
      own(ref, owner);
    }
  }
  for (const workload of workloads) {
    const { ref, cluster, namespace } = workload;
    const service = component(
      workload.service.namespace,
      workload.service.name,
    );
    add(ref, 'runsOn', resourceRef(cluster, namespace));
    add(ref, 'partOf', service);
    own(ref, workload.owner);
    own(service, workload.owner);
    if (workload.application) {
      add(workload.application, 'deploys', ref);
    }
    if (workload.repository) {
      add(service, 'sourcedFrom', repository(workload.repository));
    }
    for (const { to } of workload.calls) {
      // A worker that calls its own service's API depends on nothing else.
      if (serviceAt(to) !== service) {
        add(service, 'dependsOn', serviceAt(to));
      }
    }
    for (const { to } of workload.stores) {
      const [storeNamespace, name] = to.split('/');
      add(
        ref,
        'dependsOn',
        resourceRef(cluster, storeNamespace, 'statefulset', name),
      );
    }
  }
  for (const resource of resources) {
    const { ref, cluster, namespace, gateway, backend } = resource;
    add(ref, 'runsOn', resourceRef(cluster, namespace));
    own(ref, resource.owner);
    if (resource.application) {
      add(resource.application, 'deploys', ref);
    }
    if (gateway) {
      add(gateway, 'exposes', ref);
    }
    if (backend) {
      add(ref, 'exposes', backend);
    }
  }
  for (const { ref, projectRef, owner } of applications.values()) {
    add(ref, 'partOf', projectRef);
    add(ref, 'sourcedFrom', repository(company.gitOpsRepository));
    own(ref, owner);
    own(projectRef, owner);
  }
  for (const { name } of company.argocd) {
    own(
      resourceRef(name, 'argocd', 'project', 'default'),
      ownerOfProject(company, 'default'),
    );
  }
  for (const { name, team, codeowners } of company.repositories) {
    own(repository(name), codeowners ? team : undefined);
  }
  for (const { slug, parent } of company.teams) {
    if (parent) {
      add(`group:default/${slug}`, 'childOf', `group:default/${parent}`);
    }
  }
  for (const { login, teams } of company.people) {
    teams.forEach(team =>
      add(`user:default/${login}`, 'memberOf', `group:default/${team}`),
    );
  }
  goldenParts.forEach(part =>
    part(company, placements, { entity: () => {}, edge: add, own }),
  );
  return [...edges]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, edge]) => edge);
}
