import type {
  Plan,
  PlannedChange,
} from '@causeway/backstage-plugin-causeway-common';
import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { safeText } from '../../../estate/projection/text';
import {
  type JsonRecord,
  record,
  records,
  text,
  texts,
} from '../../../estate/sources/read';
import { withoutUserInfo } from '../../../estate/sources/argocd/reduce/withoutUserInfo';
import type {
  ApplicationAddress,
  ArgocdPlanClient,
} from '../clients/ArgocdClients';
import { asRefusal } from '../clients/refusals';
import { type ApplicationState, deployedOf } from './applicationState';
import { operatorRights } from './beginOperation';
import { workloadChanges } from './compareWorkloads';
import { requireNoAutomatedSync } from './requireNoAutomatedSync';

/** What Argo CD's dry run would leave behind is an operation on the application: plans write nothing. */
export const noDryRun: Plan['dryRun'] = {
  done: false,
  why: 'Argo CD cannot try a sync without beginning an operation; what it compared is shown',
};

/** What a sync to the bound commit does. */
export async function planSync(options: {
  client: ArgocdPlanClient;
  address: ApplicationAddress;
  state: ApplicationState;
  wanted: { revision?: string; prune: boolean };
}): Promise<Plan> {
  const { client, address, state, wanted } = options;
  requireNoAutomatedSync(state.automated, {
    name: address.name,
    what: 'Argo CD deploys whatever its source says, and takes no commit to deploy',
    hint: 'Ask for refresh-application to let it look again, or change what Git says',
  });
  const source = singleSource(state.spec, address.name);
  const revision = wanted.revision ?? state.compared;
  if (!revision) {
    throw new OperationRefusal({
      code: 'unbound-revision',
      reason: `Argo CD could not resolve which commit ${address.name} follows${state.comparisonError ? `: ${state.comparisonError}` : ''}`,
      hint: 'Mend its source first, or name a commit',
    });
  }
  const author = await commitAuthor(client, address, source, revision);
  const deployed = deployedOf(state);
  const compared = revision === state.compared;
  const managed = compared ? await client.managedResources(address) : [];
  const changes: PlannedChange[] = [
    {
      path: 'status.sync.revision',
      label: 'Deployed commit',
      ...(deployed && { before: deployed.revision }),
      after: revision,
    },
    ...(compared ? resourceChanges(managed, wanted.prune) : []),
  ];
  const pruned = changes.filter(({ after }) => after === 'deleted').length;
  const left = changes.filter(({ after }) => after === 'left over').length;
  return {
    summary: `Sync ${address.name} to ${revision.slice(0, 12)}${wanted.prune ? ', with pruning' : ''}`,
    changes,
    quantities: [],
    warnings: [
      ...sourceWarnings(source),
      ...optionWarnings(state.spec),
      ...(compared
        ? []
        : [
            `Argo CD has not compared with this commit: which resources differ is not known`,
          ]),
      ...(state.sync === 'Synced' && compared
        ? ['It is in sync already: a sync runs its hooks again']
        : []),
      ...(pruned
        ? [
            `${pruned} resources are deleted; a rollback makes new ones without their data`,
          ]
        : []),
      ...(left
        ? [`${left} resources that Git no longer has are left: prune is false`]
        : []),
    ],
    ...(deployed && {
      rollback: {
        summary: `Roll back to deployment ${deployed.id}; Git still says otherwise`,
        changes: [
          {
            path: 'status.sync.revision',
            label: 'Deployed commit',
            before: revision,
            after: deployed.revision,
          },
        ],
      },
    }),
    disruptive: true,
    dryRun: noDryRun,
    bound: {
      project: address.project,
      revision,
      source: describeSource(source),
      pinned: isPinned(source) ? 'yes' : 'no',
      ...(author && { author }),
      ...(deployed && { previous: String(deployed.id) }),
      ...(left > 0 && { complete: 'no' }),
    },
  };
}

function singleSource(spec: JsonRecord, name: string): JsonRecord {
  const source = record(spec.source);
  if (records(spec.sources, 2).length > 0 || !source) {
    throw new OperationRefusal({
      code: 'several-sources',
      reason: `${name} has several sources: no single commit says what it deploys`,
      hint: 'Sync it in Argo CD, or give it one source',
    });
  }
  return source;
}

/** Whoever wrote the commit is among those who ask for it. */
async function commitAuthor(
  client: ArgocdPlanClient,
  address: ApplicationAddress,
  source: JsonRecord,
  revision: string,
): Promise<string | undefined> {
  if (source.chart !== undefined) {
    return undefined;
  }
  try {
    const { author } = await client.commit(address, revision);
    return safeText(text(author, 300), 200);
  } catch (error) {
    throw asRefusal(error, { rights: operatorRights });
  }
}

/** Every resource that differs, none left out: what is not shown cannot be approved. */
function resourceChanges(
  managed: readonly JsonRecord[],
  prune: boolean,
): PlannedChange[] {
  const changes = managed.flatMap(resource => {
    const { kind, namespace, name, targetState, liveState, modified } =
      resource;
    const shown = [kind, namespace, name]
      .flatMap(part => safeText(text(part, 253), 253) ?? [])
      .join('/');
    const label = `${kind} ${name}`;
    if (liveState === 'null' || liveState === undefined) {
      return targetState === 'null'
        ? []
        : [{ path: shown, label, before: 'missing', after: 'created' }];
    }
    if (targetState === 'null' || targetState === undefined) {
      return [
        {
          path: shown,
          label,
          before: 'not in Git',
          after: prune ? 'deleted' : 'left over',
        },
      ];
    }
    return modified === true
      ? [{ path: shown, label, before: 'differs', after: 'as in Git' }]
      : [];
  });
  return [...changes, ...workloadChanges(managed, prune)];
}

function describeSource(source: JsonRecord): string {
  const repository = withoutUserInfo(text(source.repoURL, 512) ?? '') ?? '?';
  const path = text(source.path, 512) ?? text(source.chart, 253) ?? '.';
  return `${repository} ${path} at ${text(source.targetRevision, 128) ?? 'HEAD'}`;
}

/** A commit stays what it is; branches and tags move, version ranges too. */
function isPinned(source: JsonRecord): boolean {
  const revision = text(source.targetRevision, 128) ?? 'HEAD';
  return source.chart === undefined
    ? /^[0-9a-f]{40}$/.test(revision)
    : /^v?\d+\.\d+\.\d+[-+.\w]*$/.test(revision);
}

function sourceWarnings(source: JsonRecord): string[] {
  return isPinned(source)
    ? []
    : [
        `Its source is not pinned: it follows ${text(source.targetRevision, 128) ?? 'HEAD'}, and whoever may write there decides what is deployed next`,
      ];
}

const harsh = /^(Replace|Force|Prune|PruneLast|Validate|ServerSideApply)=/;

function optionWarnings(spec: JsonRecord): string[] {
  return texts(record(spec.syncPolicy)?.syncOptions, 64, 128)
    .filter(option => harsh.test(option) && !/^Validate=true/.test(option))
    .map(option => `Its own sync options have ${safeText(option, 128)}`);
}
