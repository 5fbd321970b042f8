import type { SourceLink } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from './config';
import type { ApplicationSubject } from './management';
import type { RepositorySubject } from './repositories';
import type { Subject } from './subjects';

/*
 * Links to the sources of truth. Hosts come from the configuration or from
 * GitHub's own answers; names fill path segments, encoded. No address that a
 * tenant wrote becomes a link (THREATS H14).
 */

const encode = encodeURIComponent;

/**
 * A page of GitHub: its address as GitHub tells it, where that is a plain web
 * address of the path that it must have, else one on the configured host.
 */
export function githubUrl(
  source: string,
  path: string[],
  reported: string | undefined,
  config: ProjectionConfig,
): string {
  const wanted = `/${path.map(encode).join('/')}`;
  const url =
    reported !== undefined && URL.canParse(reported)
      ? new URL(reported)
      : undefined;
  const plain =
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.pathname.toLowerCase() === wanted.toLowerCase() &&
    `${url.username}${url.password}${url.search}${url.hash}` === '';
  return plain
    ? `${url.origin}${wanted}`
    : `https://${config.github[source]?.host ?? 'github.com'}${wanted}`;
}

/** The page of a repository, or a page below it. */
export function repositoryUrl(
  { source, data }: RepositorySubject,
  config: ProjectionConfig,
  ...below: string[]
): string {
  const page = githubUrl(
    source,
    [data.organization, data.name],
    data.url,
    config,
  );
  return [page, ...below.map(encode)].join('/');
}

/** A repository's page. */
export function repositoryLink(
  repository: RepositorySubject,
  config: ProjectionConfig,
): SourceLink {
  return {
    title: `${repository.title} on GitHub`,
    url: repositoryUrl(repository, config),
  };
}

/** An application's page in its Argo CD. */
export function applicationLinks(
  { data }: ApplicationSubject,
  config: ProjectionConfig,
): SourceLink[] {
  const base = config.argocd[data.instance]?.url;
  return base
    ? [
        {
          title: `${data.name} in Argo CD`,
          url: `${base}/applications/${encode(data.namespace)}/${encode(data.name)}`,
        },
      ]
    : [];
}

/** A project's page in its Argo CD. */
export function projectLinks(
  instance: string,
  name: string,
  config: ProjectionConfig,
): SourceLink[] {
  const base = config.argocd[instance]?.url;
  return base
    ? [
        {
          title: `${name} in Argo CD`,
          url: `${base}/settings/projects/${encode(name)}`,
        },
      ]
    : [];
}

/** Where people look at something in a cluster, if the configuration says. */
export function dashboardLinks(
  { cluster, namespace, objectKind, objectName }: Subject,
  config: ProjectionConfig,
): SourceLink[] {
  const template = config.clusters[cluster ?? '']?.dashboardUrl;
  if (!template) {
    return [];
  }
  const title = `${objectName} on ${cluster}`;
  if (!template.includes('{')) {
    return [{ title, url: template }];
  }
  const values: Record<string, string> = {
    cluster: cluster!,
    namespace: namespace ?? '',
    kind: objectKind,
    name: objectName,
  };
  const url = template.replace(/\{(cluster|namespace|kind|name)\}/g, (_, key) =>
    encode(values[key]),
  );
  return [{ title, url }];
}
