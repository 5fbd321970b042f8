import { meridian } from '../meridian';
import { CompanySeed } from '../model';
import { goldenParts } from './goldenParts';
import { resourceRef } from './names';
import { placeCompany } from './placements';

/**
 * An entity that the catalog must hold.
 *
 * @public
 */
export interface GoldenEntity {
  /** Reference, e.g. `component:default/payment-api`. */
  ref: string;
  /** `spec.type`; the kind in lower case for Groups and Users. */
  type: string;
}

/**
 * Every entity that the company's declared intent amounts to, sorted by
 * reference. Nothing here looks at the simulated systems.
 *
 * @public
 */
export function expectedEntities(
  company: CompanySeed = meridian,
): GoldenEntity[] {
  const placements = placeCompany(company);
  const { workloads, resources, applications, components } = placements;
  const entities = new Map<string, string>();
  const add = (ref: string, type: string) => entities.set(ref, type);

  for (const { name } of company.clusters) {
    add(resourceRef(name), 'kubernetes-cluster');
    // Every cluster has it, and it is nobody's.
    add(resourceRef(name, 'default'), 'kubernetes-namespace');
  }
  for (const { name, clusters } of company.namespaces) {
    clusters.forEach(cluster =>
      add(resourceRef(cluster, name), 'kubernetes-namespace'),
    );
  }
  workloads.forEach(({ ref }) => add(ref, 'kubernetes-workload'));
  resources.forEach(({ ref, type }) => add(ref, type));
  applications.forEach(({ ref, projectRef }) => {
    add(ref, 'argocd-application');
    add(projectRef, 'argocd-project');
  });
  for (const { name } of company.argocd) {
    add(resourceRef(name, 'argocd', 'project', 'default'), 'argocd-project');
  }
  for (const { name } of company.repositories) {
    add(resourceRef('github', company.organization, name), 'github-repository');
  }
  components.forEach(name => add(`component:default/${name}`, 'service'));
  company.teams.forEach(({ slug }) => add(`group:default/${slug}`, 'group'));
  company.people.forEach(({ login }) => add(`user:default/${login}`, 'user'));

  const nothing = () => {};
  goldenParts.forEach(part =>
    part(company, placements, { entity: add, edge: nothing, own: nothing }),
  );

  return [...entities]
    .map(([ref, type]) => ({ ref, type }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
