import { meridian } from '../seed/meridian';
import {
  ClusterName,
  ClusterSeed,
  CompanySeed,
  PersonSeed,
  RepositorySeed,
  TeamSeed,
} from '../seed/model';
import { ServicePlan } from './planService';

/** Meridian's clusters in the order in which smaller estates have them. */
const firstClusters: ClusterName[] = [
  'production-eu',
  'staging',
  'development',
  'production-us',
];

/** Clusters of a generated estate: Meridian's, and as many more for production as are asked for. */
export function generateClusters(count: number): ClusterSeed[] {
  return Array.from({ length: count }, (_, at) => {
    const known = meridian.clusters.find(
      ({ name }) => name === firstClusters[at],
    );
    const number = String(at - 1).padStart(2, '0');
    return (
      known ?? {
        // Seeds name their clusters one by one; these are too many for that.
        name: `production-${number}` as ClusterName,
        environment: 'production',
        argocd: 'argocd-prod',
        domain: `p${number}.meridian.example`,
      }
    );
  });
}

/** A Meridian with other services, and with the teams and repositories that belong to them. */
export function generateCompany(options: {
  clusters: ClusterSeed[];
  /** Services of the estate, or as many as have something in a cluster. */
  services: ServicePlan[];
  repositories: boolean;
}): CompanySeed {
  const { clusters, services } = options;
  const slugs = [...new Set(services.map(({ team }) => team))];
  const isNew = (slug: string) =>
    !meridian.teams.some(team => team.slug === slug);
  const teams: TeamSeed[] = slugs.filter(isNew).map(slug => ({
    slug,
    name: slug[0].toLocaleUpperCase('en-US') + slug.slice(1),
    description: `Builds and runs ${slug}`,
    parent: 'engineering',
  }));
  const people: PersonSeed[] = teams.flatMap(({ slug, name }) =>
    [1, 2].map(number => ({
      login: `${slug}-${number}`,
      name: `${name} ${number}`,
      title: 'Engineer',
      teams: [slug],
    })),
  );
  const repositories: RepositorySeed[] = options.repositories
    ? services.map(({ name, team }) => ({
        name,
        description: `The service ${name}`,
        team,
        language: 'Go',
        topics: ['service', team],
        visibility: 'private',
        codeowners: 'CODEOWNERS',
        workflow: 'SUCCESS',
      }))
    : [];
  return {
    ...meridian,
    clusters,
    argocd: meridian.argocd.filter(({ cluster }) =>
      clusters.some(({ name }) => name === cluster),
    ),
    teams: [...meridian.teams, ...teams],
    people: [...meridian.people, ...people],
    namespaces: [],
    services: [],
    datastores: [],
    repositories: [
      ...meridian.repositories.filter(
        ({ name }) => name === meridian.gitOpsRepository,
      ),
      ...repositories,
    ],
    unmanaged: [],
    unmanagedDatastores: [],
    drifts: [],
  };
}
