import type { JsonObject } from '@backstage/types';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { requestAnnotation } from '../clients/KubernetesClients';

/** One entry of an Application's history. */
export interface Deployment {
  id: number;
  revision: string;
  deployedAt?: string;
}

/** The parts of an Application that operations look at. */
export interface ApplicationState {
  uid: string;
  project: string;
  spec: JsonRecord;
  automated: boolean;
  /** Commit that Argo CD compared with last. */
  compared?: string;
  sync: string;
  health: { status: string; message?: string };
  /** Newest last. */
  history: Deployment[];
  /** Whether one is under way. */
  running: boolean;
  /** The operation that runs, or the last one. */
  operation?: {
    revision?: string;
    /** Request that asked for it, where one did. */
    request?: string;
    phase?: string;
    message?: string;
    startedAt?: string;
  };
  comparisonError?: string;
}

export function readState(application: JsonRecord): ApplicationState {
  const metadata = record(application.metadata) ?? {};
  const spec = record(application.spec) ?? {};
  const status = record(application.status) ?? {};
  const sync = record(status.sync);
  const health = record(status.health);
  const automated = record(record(spec.syncPolicy)?.automated);
  const error = records(status.conditions, 32).find(({ type }) =>
    /Error$/.test(String(type)),
  );
  return {
    uid: text(metadata.uid, 64) ?? '',
    project: text(spec.project, 253) ?? 'default',
    spec,
    automated: automated !== undefined && automated.enabled !== false,
    compared: text(sync?.revision, 128),
    sync: text(sync?.status, 32) ?? 'Unknown',
    health: {
      status: text(health?.status, 32) ?? 'Unknown',
      message: text(health?.message, 300),
    },
    history: records(status.history, 100).flatMap(toDeployment),
    running: record(application.operation) !== undefined,
    operation: readOperation(application.operation, status.operationState),
    comparisonError: error && (text(error.message, 300) ?? 'no reason is told'),
  };
}

function toDeployment(entry: JsonRecord): Deployment[] {
  const id = integer(entry.id);
  const revision = text(entry.revision, 128);
  return id !== undefined && revision
    ? [{ id, revision, deployedAt: text(entry.deployedAt, 40) }]
    : [];
}

function readOperation(
  running: unknown,
  last: unknown,
): ApplicationState['operation'] {
  const state = record(last);
  const operation = record(running) ?? record(state?.operation);
  if (!operation) {
    return undefined;
  }
  const mark = records(operation.info, 32).find(
    ({ name }) => name === requestAnnotation,
  );
  return {
    revision: text(record(operation.sync)?.revision, 128),
    request: text(mark?.value, 128),
    ...(record(running)
      ? { phase: 'Running' }
      : {
          phase: text(state?.phase, 32),
          message: text(state?.message, 300),
          startedAt: text(state?.startedAt, 40),
        }),
  };
}

/** What decides what a sync brings, as it is written: nothing of the status. */
export function specFields({ spec }: ApplicationState): JsonObject {
  const pick = (field: string) =>
    spec[field] === undefined ? {} : { [field]: spec[field] };
  return {
    ...pick('project'),
    ...pick('source'),
    ...pick('sources'),
    ...pick('destination'),
    ...pick('syncPolicy'),
    ...pick('ignoreDifferences'),
  } as JsonObject;
}

/** What is deployed now: the last entry of the history. */
export function deployedOf({
  history,
}: ApplicationState): Deployment | undefined {
  return history.at(-1);
}

/** The spec and what is deployed: a sync by somebody else makes it another one. */
export function deployedFields(state: ApplicationState): JsonObject {
  const deployed = deployedOf(state);
  return {
    spec: specFields(state),
    ...(deployed && {
      deployed: { id: deployed.id, revision: deployed.revision },
    }),
  };
}
