import type { ObservedRepository } from '../observations/model';
import type { ProjectionConfig } from './config';
import type { ImageReference } from './images';
import { repositoryUrl } from './links';
import { parseRepositoryAddress } from './repositoryAddress';
import type { Subject, Subjects, WorkloadSubject } from './subjects';
import type { CodeLocation } from './World';

const slugKey = 'github.com/project-slug';

/** A repository of GitHub. */
export type RepositorySubject = Subject<ObservedRepository>;

/** The ways to a repository. */
export interface Repositories {
  /** By Git address. */
  byAddress(address: string): RepositorySubject | undefined;
  /** By `organization/name`, in any case. */
  bySlug(slug: string): RepositorySubject | undefined;
  /** By an image of GitHub's container registry, `ghcr.io/<organization>/<repository>[/...]`. */
  byImage(image: ImageReference): RepositorySubject | undefined;
  /** Where a workload's code is: what it is annotated or labelled with, else its main image. */
  codeOf(workload: WorkloadSubject): CodeLocation | undefined;
}

/** Indexes the repositories by host and slug. */
export function findRepositories(
  subjects: Subjects,
  config: ProjectionConfig,
): Repositories {
  const byHost = new Map<string, RepositorySubject>();
  const bySlug = new Map<string, RepositorySubject>();
  for (const repository of subjects.repositories) {
    const slug =
      `${repository.data.organization}/${repository.data.name}`.toLowerCase();
    const host = parseRepositoryAddress(
      repositoryUrl(repository, config),
    )!.host;
    byHost.set(`${host}/${slug}`, repository);
    if (!bySlug.has(slug)) {
      bySlug.set(slug, repository);
    }
  }
  const repositories: Omit<Repositories, 'codeOf'> = {
    byAddress(address) {
      const parsed = parseRepositoryAddress(address);
      return parsed && byHost.get(`${parsed.host}/${parsed.path}`);
    },
    bySlug: slug => bySlug.get(slug.toLowerCase()),
    byImage({ registry, path }) {
      const [organization, name] = path.toLowerCase().split('/');
      if (name === undefined) {
        return undefined;
      }
      if (registry === 'ghcr.io') {
        return bySlug.get(`${organization}/${name}`);
      }
      // GitHub Enterprise serves images at `containers.<host>`.
      const host = /^containers\.(.+)$/.exec(registry)?.[1];
      return host === undefined
        ? undefined
        : byHost.get(`${host}/${organization}/${name}`);
    },
  };
  const findCode = ({
    annotations,
    labels,
    image,
    title,
  }: WorkloadSubject): CodeLocation | undefined => {
    const slug = annotations[slugKey] ?? labels[slugKey];
    const annotated =
      slug === undefined ? undefined : repositories.bySlug(slug);
    if (annotated) {
      return {
        repository: annotated,
        rule: 'annotation',
        evidence: `${title} is annotated with ${slugKey} ${slug}`,
      };
    }
    const built = image && repositories.byImage(image);
    return (
      built && {
        repository: built,
        rule: 'image',
        evidence: `${title} runs image ${image!.reference}`,
      }
    );
  };
  const found = new Map<WorkloadSubject, CodeLocation | undefined>();
  return {
    ...repositories,
    codeOf(workload) {
      if (bySlug.size === 0) {
        return undefined;
      }
      if (!found.has(workload)) {
        found.set(workload, findCode(workload));
      }
      return found.get(workload);
    },
  };
}
