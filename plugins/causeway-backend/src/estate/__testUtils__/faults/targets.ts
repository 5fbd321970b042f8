import type { RepositorySeed } from '@causeway/estate-simulator';
import type { FaultLab } from './FaultLab';

/** The sources that the matrix runs over. */
export const targetNames = ['kubernetes', 'argocd', 'github'] as const;

/** One of {@link targetNames}. */
export type TargetName = (typeof targetNames)[number];

/** A partition that a fault befalls, one beside it, and a change that the fault hides. */
export interface Target {
  partition: string;
  /** Of the same source; the fault does not touch it. */
  sibling: string;
  /** Requests of the partition, lists and watches. */
  path: RegExp;
  /** Lists of the partition. */
  listPath: RegExp;
  /** Breaks the connections of the partition and of the one beside it; both are listed again. */
  listAgain(): void;
  /** Takes one object out of the source; answers with its key in the partition. */
  removeOne(): string;
  /** Puts it back. */
  restore(): void;
}

function kubernetes({ simulator }: FaultLab): Target {
  const watched = [
    '/clusters/staging/apis/apps/v1/deployments',
    '/clusters/staging/api/v1/services',
  ];
  const cluster = simulator.world.cluster('staging');
  const [object] = cluster.list('deployments.apps');
  const { name, namespace } = object.metadata;
  return {
    partition: 'staging/-/deployments.apps',
    sibling: 'staging/-/services',
    path: /clusters\/staging\/apis\/apps\/v1\/deployments/,
    listPath: /clusters\/staging\/apis\/apps\/v1\/deployments\?(?!watch)/,
    listAgain() {
      // A watch that is too old begins with a list; otherwise its word would do.
      for (const path of watched) {
        simulator.faults.add({
          path: new RegExp(`${path}\\?watch`),
          status: 410,
          times: 1,
        });
        simulator.disconnect(path);
      }
    },
    removeOne() {
      cluster.delete('deployments.apps', name, namespace);
      return `${namespace}/${name}`;
    },
    restore() {
      cluster.apply(structuredClone(object), { manager: 'kubectl' });
    },
  };
}

function argocd({ simulator }: FaultLab): Target {
  const { company } = simulator.world;
  const { cluster: home, namespace } = company.argocd.find(
    ({ name }) => name === 'argocd-prod',
  )!;
  const cluster = simulator.world.cluster(home);
  const object = cluster
    .list('applications.argoproj.io')
    .find(({ metadata }) => metadata.namespace === namespace)!;
  const { name } = object.metadata;
  return {
    partition: 'argocd-prod/-/applications',
    sibling: 'argocd-prod/-/projects',
    path: /argocd\/argocd-prod\/api\/v1\/(stream\/)?applications\?/,
    listPath: /argocd\/argocd-prod\/api\/v1\/applications\?/,
    listAgain() {
      simulator.disconnect('/argocd/argocd-prod/api/v1/stream');
    },
    removeOne() {
      cluster.delete('applications.argoproj.io', name, namespace);
      return `${namespace}/${name}`;
    },
    restore() {
      cluster.apply(structuredClone(object), { manager: 'kubectl' });
    },
  };
}

function github({ simulator }: FaultLab): Target {
  const repositories = simulator.world.company.repositories as RepositorySeed[];
  const [repository] = repositories;
  return {
    partition: 'github/meridian/repositories',
    // One address serves all of GitHub's lists: another source stands beside it.
    sibling: 'argocd-prod/-/projects',
    path: /github\/api\/graphql/,
    listPath: /github\/api\/graphql/,
    listAgain() {},
    removeOne() {
      repositories.splice(repositories.indexOf(repository), 1);
      return `meridian/${repository.name}`;
    },
    restore() {
      repositories.unshift(repository);
    },
  };
}

/** The targets of a lab. */
export const createTarget: Record<TargetName, (lab: FaultLab) => Target> = {
  kubernetes,
  argocd,
  github,
};
