import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What the gate may do in one repository of an organization. */
export interface RepositoryGrant {
  /** Name without the organization, in lower case. */
  repository: string;
  /** Folders whose files may be changed by pull request, without slashes around; an empty text stands for all. */
  paths: readonly string[];
  /** Names of files in `.github/workflows` that may be dispatched. */
  workflows: readonly string[];
}

/** As whom the gate writes to an organization, and where at all. */
export type GithubCredentials = (
  | { type: 'token'; token: string }
  | { type: 'app'; appId: number; privateKey: string }
) & { repositories: readonly RepositoryGrant[] };

/**
 * Reads one entry of `causeway.gate.credentials.github`. What no repository of
 * the list grants is refused, whatever the token may do (THREATS C6).
 *
 * @throws InputError that names the key of what is wrong
 */
export function parseGithubCredentials(
  config: Config,
  at: string,
): GithubCredentials {
  if (config.has('token') === config.has('app')) {
    throw new InputError(`${at}: exactly one of token and app must be given`);
  }
  const repositories = (
    config.getOptionalConfigArray('repositories') ?? []
  ).map((grant, index) => parseGrant(grant, `${at}.repositories[${index}]`));
  const twice = repositories.find(
    ({ repository }, index) =>
      repositories.findIndex(one => one.repository === repository) !== index,
  );
  if (twice) {
    throw new InputError(
      `${at}.repositories: ${twice.repository} stands there twice`,
    );
  }
  return {
    ...(config.has('token')
      ? { type: 'token', token: config.getString('token') }
      : {
          type: 'app',
          appId: config.getNumber('app.appId'),
          privateKey: config.getString('app.privateKey'),
        }),
    repositories,
  };
}

function parseGrant(config: Config, at: string): RepositoryGrant {
  const repository = config.getString('repository').toLowerCase();
  if (!/^[\w.-]+$/.test(repository)) {
    throw new InputError(
      `${at}.repository must be a name without its organization, but is '${repository}'`,
    );
  }
  const paths = (config.getOptionalStringArray('paths') ?? []).map(path =>
    path.replace(/^\/+|\/+$/g, ''),
  );
  const outside = paths.find(path =>
    path.split('/').some(step => step === '..' || step === '.'),
  );
  if (outside !== undefined) {
    throw new InputError(
      `${at}.paths must be folders of the repository, but one is '${outside}'`,
    );
  }
  const workflows = config.getOptionalStringArray('workflows') ?? [];
  const file = workflows.find(name => !/^[\w.-]+\.ya?ml$/.test(name));
  if (file !== undefined) {
    throw new InputError(
      `${at}.workflows must be names of files in .github/workflows, such as deploy.yaml, but one is '${file}'`,
    );
  }
  return { repository, paths, workflows };
}
