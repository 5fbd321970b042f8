import { stringify } from 'yaml';
import { rememberManifest } from '../argocd/desired';
import { KubernetesObject } from '../kubernetes/model';
import { applicationOf } from '../seed/defaults';
import { ClusterSeed, CompanySeed, ServiceSeed } from '../seed/model';
import { datastoreManifests } from './manifests/datastoreManifests';
import { serviceManifests } from './manifests/serviceManifests';

/** Folder of an application's manifests for a cluster in the GitOps repository. */
export function manifestFolder(application: string, cluster: string): string {
  return `apps/${application}/${cluster}`;
}

/** Path of one manifest in the GitOps repository. */
export function manifestPath(
  application: string,
  cluster: string,
  object: Pick<KubernetesObject, 'kind'> & { metadata: { name: string } },
): string {
  const file = `${object.kind.toLocaleLowerCase('en-US')}-${object.metadata.name}.yaml`;
  return `${manifestFolder(application, cluster)}/${file}`;
}

/** YAML as the files of the GitOps repository hold it. */
export function manifestText(object: KubernetesObject): string {
  const content = stringify(object, { lineWidth: 0 });
  rememberManifest(content, object);
  return content;
}

/** The files of a service for a cluster at a version. */
export function serviceFiles(options: {
  company: CompanySeed;
  service: ServiceSeed;
  cluster: ClusterSeed;
  version: string;
}): Record<string, string> {
  return filesOf(
    applicationOf(options.service),
    options.cluster.name,
    serviceManifests(options),
  );
}

/** The files of an application that brings datastores to a cluster. */
export function datastoreFiles(
  company: CompanySeed,
  application: string,
  cluster: ClusterSeed,
): Record<string, string> {
  return filesOf(
    application,
    cluster.name,
    company.datastores
      .filter(
        store =>
          store.application === application &&
          store.clusters.includes(cluster.name),
      )
      .flatMap(store => datastoreManifests(company, store)),
  );
}

function filesOf(
  application: string,
  cluster: string,
  objects: KubernetesObject[],
): Record<string, string> {
  return Object.fromEntries(
    objects.map(object => [
      manifestPath(application, cluster, object),
      manifestText(object),
    ]),
  );
}
