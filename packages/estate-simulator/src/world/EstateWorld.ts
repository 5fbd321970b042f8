import { NotFoundError } from '@backstage/errors';
import { ArgoController } from '../argocd/ArgoController';
import { parseManifests } from '../argocd/desired';
import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { applicationOf, clusterOf } from '../seed/defaults';
import {
  ArgoInstanceName,
  ClusterName,
  CompanySeed,
  PersonSeed,
  ServiceSeed,
} from '../seed/model';
import { GitAuthor, GitCommit, GitRepository } from './GitRepository';
import { manifestFolder, manifestPath, manifestText } from './manifestFiles';

/** Finds one manifest of the GitOps repository. */
export interface ManifestAddress {
  /** Stem of the application's name: the service's name, as a rule. */
  application: string;
  cluster: ClusterName;
  kind: string;
  name: string;
}

/** The simulated estate itself, for tests and for its own life. */
export interface EstateWorld {
  readonly company: CompanySeed;
  readonly clusters: ReadonlyMap<ClusterName, SimulatedCluster>;
  readonly argocd: ReadonlyMap<ArgoInstanceName, ArgoController>;
  readonly repositories: ReadonlyMap<string, GitRepository>;
  now(): Date;
  cluster(name: ClusterName): SimulatedCluster;
  repository(name: string): GitRepository;
  /** The Argo CD that deploys to a cluster. */
  argocdOf(cluster: ClusterName): ArgoController;
  service(name: string, namespace?: string): ServiceSeed;
  /** How a person of the company signs commits. */
  author(login: string): GitAuthor;
  /** Commits to the GitOps repository; Argo CD notices before this returns. */
  commit(options: {
    message: string;
    changes: Record<string, string | undefined>;
    login?: string;
    repository?: string;
    branch?: string;
  }): GitCommit;
  /** Commits a change of one manifest. */
  editManifest(
    address: ManifestAddress,
    options: {
      message: string;
      login?: string;
      edit: (manifest: KubernetesObject) => void;
    },
  ): GitCommit;
  /** Commits a new version of a service for a cluster. */
  releaseVersion(options: {
    service: string;
    namespace?: string;
    cluster: ClusterName;
    version: string;
    login?: string;
  }): GitCommit;
  /** Moves a service's Applications to another Argo CD project. */
  moveToProject(options: { application: string; project: string }): void;
  /** Makes a team the owner of a namespace by its annotation; `undefined` takes the owner away. */
  setNamespaceOwner(options: {
    cluster: ClusterName;
    namespace: string;
    owner: string | undefined;
  }): void;
  /** Changes a live object past Git, as `kubectl edit` does. */
  editLive(
    options: {
      cluster: ClusterName;
      type: string;
      namespace?: string;
      name: string;
      manager?: string;
      subresource?: string;
    },
    edit: (object: KubernetesObject) => void,
  ): KubernetesObject;
  /** Lets the Argo CDs look at all that has changed, at once. */
  settle(): void;
}

/** Creates the world's face over its parts. */
export function createEstateWorld(parts: {
  company: CompanySeed;
  clusters: ReadonlyMap<ClusterName, SimulatedCluster>;
  argocd: ReadonlyMap<ArgoInstanceName, ArgoController>;
  repositories: ReadonlyMap<string, GitRepository>;
  now: () => Date;
}): EstateWorld {
  const { company, clusters, argocd, repositories } = parts;
  const known = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) {
      throw new NotFoundError(`The simulated estate has no ${what}`);
    }
    return value;
  };
  const gitOps = () =>
    known(repositories.get(company.gitOpsRepository), 'GitOps repository');

  const world: EstateWorld = {
    ...parts,
    cluster: name => known(clusters.get(name), `cluster '${name}'`),
    repository: name => known(repositories.get(name), `repository '${name}'`),
    argocdOf: name =>
      known(argocd.get(clusterOf(company, name).argocd), `Argo CD of ${name}`),
    service: (name, namespace) =>
      known(
        company.services.find(
          service =>
            service.name === name &&
            (namespace === undefined || service.namespace === namespace),
        ),
        `service '${name}'`,
      ),
    author: login => authorOf(company, login),
    commit: ({ repository, login, ...commit }) => {
      const target = repository ? world.repository(repository) : gitOps();
      const made = target.commit({
        ...commit,
        author: world.author(login ?? 'meridian-release-bot'),
        date: parts.now(),
      });
      return made;
    },
    editManifest: (address, { message, login, edit }) => {
      const path = manifestPath(address.application, address.cluster, {
        kind: address.kind,
        metadata: { name: address.name },
      });
      const content = known(gitOps().tree().get(path), `manifest ${path}`);
      const manifest = structuredClone(parseManifests(content)[0]);
      edit(manifest);
      return world.commit({
        message,
        login,
        changes: { [path]: manifestText(manifest) },
      });
    },
    releaseVersion: ({ service: name, namespace, cluster, version, login }) => {
      const service = world.service(name, namespace);
      return world.commit({
        message: `Release ${name} ${version} to ${cluster}`,
        login,
        changes: versionChanges({
          repository: gitOps(),
          service,
          cluster,
          version,
        }),
      });
    },
    moveToProject: ({ application, project }) => {
      for (const controller of argocd.values()) {
        for (const object of controller.applications()) {
          const { name, namespace } = object.metadata;
          if (name.startsWith(`${application}-`)) {
            world.editLive(
              {
                cluster: controller.instance.cluster,
                type: 'applications.argoproj.io',
                namespace,
                name,
              },
              edited => {
                (edited.spec as { project: string }).project = project;
              },
            );
          }
        }
      }
      world.settle();
    },
    setNamespaceOwner: ({ cluster, namespace, owner }) => {
      world.editLive(
        { cluster, type: 'namespaces', name: namespace },
        ({ metadata }) => {
          const { 'causeway.dev/owner': _before, ...rest } =
            metadata.annotations ?? {};
          metadata.annotations = owner
            ? { ...rest, 'causeway.dev/owner': owner }
            : rest;
        },
      );
    },
    editLive: (
      { cluster, type, namespace, name, manager, subresource },
      edit,
    ) => {
      const state = world.cluster(cluster);
      const object = structuredClone(
        known(
          state.get(type, name, namespace),
          `${type} ${namespace ?? ''}/${name} in ${cluster}`,
        ),
      );
      edit(object);
      return state.store(known(state.typeOf(type), `type ${type}`), object, {
        manager: manager ?? 'kubectl-edit',
        subresource,
      });
    },
    settle: () => argocd.forEach(controller => controller.settle()),
  };
  return world;
}

/** How a person signs commits; the release bot for a login that nobody has. */
export function authorOf(company: CompanySeed, login: string): GitAuthor {
  const person: PersonSeed | undefined = company.people.find(
    candidate => candidate.login === login,
  );
  return {
    name: person?.name ?? login,
    email: `${login}@meridian.example`,
    login: person?.login,
  };
}

/** The manifests of a service in a cluster with another image tag. */
export function versionChanges(options: {
  repository: GitRepository;
  service: ServiceSeed;
  cluster: ClusterName;
  version: string;
}): Record<string, string> {
  const { repository, service, cluster, version } = options;
  const folder = `${manifestFolder(applicationOf(service), cluster)}/`;
  const image = service.image.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(image: ${image}(?:/[a-z-]+)?):[\\w.-]+`, 'g');
  const changes: Record<string, string> = {};
  for (const [path, content] of repository.tree()) {
    const changed = path.startsWith(folder)
      ? content.replace(pattern, `$1:${version}`)
      : content;
    if (changed !== content) {
      changes[path] = changed;
    }
  }
  return changes;
}
