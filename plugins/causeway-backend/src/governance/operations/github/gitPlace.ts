import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { parseRepositoryAddress } from '../../../estate/projection/repositoryAddress';
import type { GithubSourceConfig } from '../../../estate/sources/config/SourceConfig';
import { records, text } from '../../../estate/sources/read';
import type { RepositoryAddress } from '../clients/GithubClients';
import type { SourceAccess } from '../clients/SourceAccess';

/** The Argo CD application that brings a change into a cluster. */
export interface DeployingApplication {
  source: string;
  name: string;
  namespace: string;
  project: string;
  automated: boolean;
}

/** Where in Git a target is written down, as the estate observed it. */
export interface GitPlace {
  source: GithubSourceConfig;
  repository: RepositoryAddress;
  /** Folder that files are named from, without slashes around; empty for the root. */
  folder: string;
  /** What the application follows; absent for the default branch. */
  revision?: string;
  /** Absent where a repository itself was asked for. */
  application?: DeployingApplication;
}

/** @throws OperationRefusal for what is in no Git folder of a configured organization */
export function findGitPlace(
  access: SourceAccess,
  target: OperationTarget,
): GitPlace {
  if (target.kind === 'Repository') {
    return {
      source: access.github(target.source),
      repository: { owner: target.namespace ?? '', name: target.name },
      folder: '',
    };
  }
  const { application, sources } = applicationOf(target);
  if (sources.length !== 1) {
    throw new OperationRefusal({
      code: 'several-sources',
      reason: `Application ${application.name} has ${sources.length} sources: none of them alone says what it deploys`,
      hint: 'Ask for the repository itself',
    });
  }
  const [{ repoURL, path, chart, targetRevision }] = sources;
  if (chart !== undefined || path === undefined) {
    throw new OperationRefusal({
      code: 'no-git-folder',
      reason: `Application ${application.name} deploys ${chart === undefined ? 'no folder' : `chart ${chart}`} of ${repoURL}, in which nothing can be changed`,
      hint: 'Change the application itself in the repository that it is declared in',
    });
  }
  return {
    ...findRepository(access, repoURL, application.name),
    folder: path.replace(/^(?:\.?\/)+|\/+$|^\.$/g, ''),
    ...(targetRevision &&
      targetRevision !== 'HEAD' && {
        revision: targetRevision.replace(/^refs\/heads\//, ''),
      }),
    application,
  };
}

function applicationOf(target: OperationTarget) {
  const { observed } = target;
  if (target.kind === 'Application' || target.kind === 'ArgoApplication') {
    return {
      application: {
        source: target.source,
        name: target.name,
        namespace:
          text(observed.namespace, 253) ?? target.namespace ?? 'argocd',
        project: text(observed.project, 253) ?? 'default',
        automated: observed.automated === true,
      },
      sources: records(observed.sources, 16).map(source => ({
        repoURL: text(source.repoURL, 512) ?? '',
        path: text(source.path, 512),
        chart: text(source.chart, 253),
        targetRevision: text(source.targetRevision, 255),
      })),
    };
  }
  const { application } = target;
  if (!application) {
    throw new OperationRefusal({
      code: 'not-in-git',
      reason: `No Argo CD application is known that deploys ${target.kind} ${target.name}`,
      hint: 'Ask for the repository that it is written down in, or for a direct change',
    });
  }
  const { source, name, namespace, project, automated, sources } = application;
  return {
    application: { source, name, namespace, project, automated },
    sources: sources ?? [],
  };
}

function findRepository(
  access: SourceAccess,
  address: string,
  application: string,
): Pick<GitPlace, 'source' | 'repository'> {
  const parsed = parseRepositoryAddress(address);
  const [owner, name, ...more] = parsed?.path.split('/') ?? [];
  const source = access
    .githubs()
    .find(
      ({ host, organization }) =>
        host.replace(/:\d+$/, '').toLowerCase() === parsed?.host &&
        organization.toLowerCase() === owner,
    );
  if (!source || !name || more.length > 0) {
    throw new OperationRefusal({
      code: 'no-such-source',
      reason: `Application ${application} deploys from ${parsed ? `${parsed.host}/${parsed.path}` : 'an address that is none of GitHub'}, which is of no organization in causeway.estate.sources.github`,
      hint: 'Open the pull request by hand where the repository is',
    });
  }
  return { source, repository: { owner, name } };
}
