import type {
  Plan,
  PlannedChange,
} from '@causeway/backstage-plugin-causeway-common';
import { countOf } from '@causeway/backstage-plugin-causeway-common';
import { slugOf } from '../clients/GithubClients';
import { describeChanges, findQuantities } from './describeValues';
import type { GitPlace } from './gitPlace';
import type { LocatedChange, PlannedFile, WantedChange } from './plannedFiles';

/** What an approver is shown, and what the request is bound to. */
export function planPullRequest(worked: {
  place: GitPlace;
  base: string;
  located: readonly LocatedChange[];
  files: readonly PlannedFile[];
  guarded: boolean;
}): Plan {
  const { place, base, located, files, guarded } = worked;
  const { application } = place;
  const changes = describeChanges(files);
  const quantities = findQuantities(files);
  const where = `${slugOf(place.repository)}, branch ${base}`;
  return {
    summary: `Open a pull request in ${where}: ${summarize(changes)}`,
    changes,
    quantities,
    warnings: [
      ...(guarded
        ? []
        : [
            `Nothing guards ${base} of ${slugOf(place.repository)}: whoever may push may merge it without a review`,
          ]),
      application
        ? describeDeployment(application)
        : 'Which applications deploy these files is not looked up: the request ends with the merge',
    ],
    rollback: {
      summary:
        'While it is not merged: close the pull request and delete its branch. What is merged takes another pull request',
      changes: [],
    },
    // More of the same starts pods; everything else may replace some.
    disruptive: !changes.every(
      ({ path, before, after }) =>
        path === 'spec.replicas' && Number(after) > Number(before ?? 1),
    ),
    dryRun: {
      done: false,
      why: 'What a cluster says of it shows once it is merged',
    },
    bound: {
      base,
      // One line a change, in the order they are asked for in.
      files: located.map(({ file }) => file).join('\n'),
      ...ownObject(located),
      ...(application && {
        application: application.name,
        applicationSource: application.source,
        applicationNamespace: application.namespace,
        applicationProject: application.project,
      }),
    },
  };
}

/** The same changes with the files and the object that the plan found: the estate is not asked again. */
export function relocate(
  changes: readonly WantedChange[],
  { bound = {} }: Plan,
): LocatedChange[] {
  const files = bound.files.split('\n');
  const own = { kind: bound.objectKind, name: bound.objectName };
  return changes.map(({ file, ...edit }, index) => ({
    ...edit,
    file: files[index],
    object: edit.object ?? (file === undefined ? own : undefined),
  }));
}

function ownObject(located: readonly LocatedChange[]): Record<string, string> {
  const object = located.find(one => one.found)?.object;
  return object ? { objectKind: object.kind, objectName: object.name } : {};
}

function summarize(changes: readonly PlannedChange[]): string {
  const [{ path, before, after }] = changes;
  const files = new Set(
    changes.map(({ label }) => label.replace(/^.* in /, '')),
  );
  return changes.length === 1
    ? `${path} from ${JSON.stringify(before) ?? 'nothing'} to ${JSON.stringify(after)}`
    : `${countOf(changes.length, 'value')} in ${countOf(files.size, 'file')}`;
}

function describeDeployment({
  name,
  automated,
}: NonNullable<GitPlace['application']>): string {
  return automated
    ? `Application ${name} syncs by itself: it deploys what is merged`
    : `Application ${name} does not sync by itself: after the merge somebody syncs it`;
}
