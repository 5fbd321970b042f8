import type { Config } from '@backstage/config';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import { setTimeout as wait } from 'node:timers/promises';
import { parseSourceConfigs } from '../../estate/sources/config/parseSourceConfigs';
import { createRefreshApplication } from './argocd/refreshApplication';
import { createRollbackApplication } from './argocd/rollbackApplication';
import { createSyncApplication } from './argocd/syncApplication';
import { GithubAccess } from './clients/GithubAccess';
import { PlanClients } from './clients/PlanClients';
import { SourceAccess } from './clients/SourceAccess';
import { WriteClients } from './clients/WriteClients';
import { parsePrices } from './config/parsePrices';
import { parseWriteCredentials } from './config/parseWriteCredentials';
import { createDispatchWorkflow } from './github/dispatchWorkflow';
import { createOpenPullRequest } from './github/openPullRequest';
import { createRestartWorkload } from './kubernetes/restartWorkload';
import { createScaleWorkload } from './kubernetes/scaleWorkload';
import { createSetResourceRequests } from './kubernetes/setResourceRequests';
import { createRunTemplate } from './scaffolder/runTemplate';
import type { OperationParts } from './shared/OperationParts';
import type { Pause } from './shared/Pause';

/** Milliseconds for one answer of a source, from first to last byte. */
const defaultTimeout = 30_000;

/**
 * The operations that Causeway brings, on the sources of the configuration.
 *
 * @throws InputError that names the key of wrong prices or write credentials
 */
export function createBuiltInOperations(options: {
  config: Config;
  /** Milliseconds for one answer of a source. */
  timeout?: number;
  now?: () => number;
  pause?: Pause;
}): Operation[] {
  return createOperationsOf(createOperationParts(options));
}

/** The built-in operations, made of given parts. */
export function createOperationsOf(parts: OperationParts): Operation[] {
  return [
    createScaleWorkload,
    createRestartWorkload,
    createSetResourceRequests,
    createSyncApplication,
    createRollbackApplication,
    createRefreshApplication,
    createOpenPullRequest,
    createDispatchWorkflow,
    createRunTemplate,
  ].map(create => withGitChecked(create(parts)));
}

/** Built-in operations refuse what Git sets, so what they plan is the cluster's to decide. */
function withGitChecked(operation: Operation): Operation {
  return {
    ...operation,
    plan: async step => ({
      ...(await operation.plan(step)),
      managedByGit: false,
    }),
  };
}

/** What the built-in operations are made of. */
export function createOperationParts(
  options: Parameters<typeof createBuiltInOperations>[0],
): OperationParts {
  const { config, timeout = defaultTimeout, now = Date.now } = options;
  // A source that cannot be used has no operations; the estate says why.
  const { sources } = parseSourceConfigs(config);
  const access = new SourceAccess({
    sources,
    credentials: parseWriteCredentials(config, sources),
    github: new GithubAccess(config),
    now,
  });
  return {
    plan: new PlanClients({ access, timeout }),
    write: new WriteClients({ access, timeout }),
    prices: parsePrices(config),
    portal: config.getOptionalString('app.baseUrl')?.replace(/\/+$/, ''),
    now,
    pause: options.pause ?? ((ms, signal) => wait(ms, undefined, { signal })),
  };
}
