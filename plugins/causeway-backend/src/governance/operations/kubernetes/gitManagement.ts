import type { JsonObject } from '@backstage/types';
import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { setterOf } from '../../../estate/facts/derive/replicas';
import type { JsonRecord } from '../../../estate/sources/read';
import type { PlanClients } from '../clients/PlanClients';
import {
  type FieldPath,
  readPath,
  showPath,
  writersOf,
} from '../shared/FieldPath';
import { isLeftToCluster, syncsRespectIgnored } from './ignoredFields';
import { type ManagingApplication, readApplication } from './readApplication';
import { groupOf, isWorkloadKind } from './workloads';

/*
 * Git first: what a GitOps controller manages is changed in Git. A direct
 * change would be undone at the next sync, or worse, would stand against what
 * Git says for months. It is refused unless Git does not say anything about
 * the field, or the Application leaves it to the cluster.
 */

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Refuses a change of fields that Git manages.
 *
 * @returns what an approver should know
 * @throws OperationRefusal `managed-by-git`, or `management-unknown` where nobody can tell
 */
export async function requireOutsideGit(options: {
  clients: PlanClients;
  target: OperationTarget;
  live: JsonRecord;
  paths: readonly FieldPath[];
  /** What each of the paths shall be, where that is a value that Git can be told as well. */
  values?: readonly (string | number | undefined)[];
  signal: AbortSignal;
}): Promise<string[]> {
  const { clients, target, live, paths, signal } = options;
  if (!target.application) {
    paths.forEach(path => requireNoController(live, path));
    return [];
  }
  const application = await readApplication({
    clients,
    target,
    application: target.application,
    signal,
  });
  const warnings = new Set<string>();
  for (const [index, path] of paths.entries()) {
    if (leaves(application, target, live, path)) {
      if (!syncsRespectIgnored(application.spec)) {
        warnings.add(
          `Application ${target.application.name} ignores differences of ${showPath(path)}, but its next sync sets it again: RespectIgnoreDifferences is not among its syncOptions`,
        );
      }
    } else if (setByGit(application.wanted, live, path)) {
      throw new OperationRefusal({
        code: 'managed-by-git',
        reason: `Argo CD application ${target.application.name} sets ${showPath(path)} from Git`,
        hint: `Git comes first: change it in ${application.where}, and Argo CD brings it into the cluster.${proposal(path, options.values?.[index])} If the cluster shall decide, list the field in the application's ignoreDifferences`,
      });
    }
  }
  return [...warnings];
}

/** The request that would do it through Git. */
function proposal(path: FieldPath, value: string | number | undefined): string {
  if (value === undefined) {
    return '';
  }
  const input = {
    title: `Set ${showPath(path)} to ${value}`,
    changes: [{ path: showPath(path), value }],
  };
  return ` Ask for open-pull-request on the same target with ${JSON.stringify(input)}, and with the file of each change where the object is not written down in a plain one.`;
}

function leaves(
  { spec }: ManagingApplication,
  target: OperationTarget,
  object: JsonRecord,
  path: FieldPath,
): boolean {
  return isLeftToCluster({
    spec,
    object,
    path,
    place: {
      group: isWorkloadKind(target.kind) ? groupOf(target.kind) : '',
      kind: target.kind,
      namespace: target.namespace ?? '',
      name: target.name,
    },
  });
}

/** Argo CD tells what Git wants; where only its custom resource can be read, the object's own traces do. */
function setByGit(
  wanted: JsonObject | undefined,
  live: JsonRecord,
  path: FieldPath,
): boolean {
  if (wanted) {
    return readPath(wanted, path) !== undefined;
  }
  const applied = readPath(live, ['metadata', 'annotations', lastApplied]);
  let written: unknown;
  try {
    written = JSON.parse(typeof applied === 'string' ? applied : 'null');
  } catch {
    return true;
  }
  return (
    readPath(written, path) !== undefined ||
    writersOf(live, path).some(manager => setterOf(manager) === 'git')
  );
}

/** Another GitOps controller, or an application that the estate does not know. */
function requireNoController(live: JsonRecord, path: FieldPath): void {
  const controller = writersOf(live, path).find(
    manager => setterOf(manager) === 'git',
  );
  if (controller) {
    throw new OperationRefusal({
      code: 'managed-by-git',
      reason: `${controller} sets ${showPath(path)} from Git, as the object's managed fields say`,
      hint: 'Git comes first: change it in the repository that the controller reads',
    });
  }
}
