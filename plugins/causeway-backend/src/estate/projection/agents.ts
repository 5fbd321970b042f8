import { objectByUid } from './objectsByUid';
import type { Subject, Subjects, WorkloadSubject } from './subjects';

/** The agent or tool server whose controller runs a workload; it is part of that and of no service. */
export function runnerOf(
  workload: WorkloadSubject,
  subjects: Subjects,
): Subject | undefined {
  for (const { kind, name, uid } of workload.data.meta.owners ?? []) {
    const owner = objectByUid(subjects, workload.cluster, uid);
    if (
      (owner?.type === 'agent' || owner?.type === 'mcp-server') &&
      owner.objectKind === kind.toLowerCase() &&
      owner.objectName === name &&
      owner.namespace === workload.namespace
    ) {
      return owner;
    }
  }
  return undefined;
}
