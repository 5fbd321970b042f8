import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import type { SourceAccess } from '../clients/SourceAccess';
import { isWorkloadKind } from '../kubernetes/workloads';
import { type EditedYaml, editYaml, nameOf, type YamlEdit } from './editYaml';
import type { GitPlace } from './gitPlace';
import type { GitFile, GitFiles } from './readGitFile';
import { pathIn, requireGranted } from './requireGranted';

/** One value that a file shall have; the file may be left out for a workload. */
export interface WantedChange extends YamlEdit {
  file?: string;
}

/** A change of which the file is known, by its path in the repository. */
export interface LocatedChange extends YamlEdit {
  file: string;
  /** Whether the file was looked for. */
  found?: boolean;
}

/** A file as it is in Git and as it shall be. */
export interface PlannedFile {
  file: GitFile;
  edited: EditedYaml;
}

/** Files of a folder that are looked through for an object. */
const maxLookedThrough = 40;

const isYaml = (name: string) => /\.ya?ml$/.test(name);

/** Finds the file of every change, which configuration has to grant. */
export async function locateChanges(options: {
  access: SourceAccess;
  place: GitPlace;
  files: GitFiles;
  target: OperationTarget;
  changes: readonly WantedChange[];
}): Promise<LocatedChange[]> {
  const { access, place, target, changes } = options;
  let own: string | undefined;
  const located: LocatedChange[] = [];
  for (const { file, ...edit } of changes) {
    own ??= file === undefined ? await findFile(options) : undefined;
    const path = file === undefined ? own! : pathIn(place, file);
    requireGranted(access, place, path);
    located.push({
      ...edit,
      file: path,
      found: file === undefined,
      object:
        edit.object ??
        (file === undefined
          ? { kind: target.kind, name: target.name }
          : undefined),
    });
  }
  return located;
}

/** Reads the files and changes them in memory, in the order they are named in. */
export async function planFiles(
  files: GitFiles,
  changes: readonly LocatedChange[],
): Promise<PlannedFile[]> {
  const byPath = new Map<string, YamlEdit[]>();
  for (const { file, found: _, ...edit } of changes) {
    byPath.set(file, [...(byPath.get(file) ?? []), edit]);
  }
  const planned: PlannedFile[] = [];
  for (const [path, edits] of byPath) {
    const file = await files.read(path);
    planned.push({ file, edited: editYaml(path, file.text, edits) });
  }
  return planned;
}

/** The file of the application's folder that a workload is written down in. */
async function findFile({
  place,
  files,
  target,
}: Parameters<typeof locateChanges>[0]): Promise<string> {
  const { kind, name } = target;
  const names = isWorkloadKind(kind)
    ? (await files.names(place.folder)).filter(isYaml)
    : [];
  // What is called like it is most likely it.
  const byLikeness = [
    ...names.filter(one => one.includes(name)),
    ...names.filter(one => !one.includes(name)),
  ].slice(0, maxLookedThrough);
  for (const one of byLikeness) {
    const path = pathIn(place, one);
    const { text } = await files.read(path);
    // Templates cannot be parsed, and are not looked into.
    if (text.includes(name) && holds(path, text, { kind, name })) {
      return path;
    }
  }
  throw new OperationRefusal({
    code: 'no-such-file',
    reason: isWorkloadKind(kind)
      ? `No plain file in ${place.folder || 'the root'} holds ${kind} ${name}`
      : `Which file of ${place.repository.name} to change is not said`,
    hint: 'Name the file in each of the changes: an overlay, or one of values',
  });
}

function holds(
  path: string,
  text: string,
  wanted: { kind: string; name: string },
): boolean {
  try {
    return editYaml(path, text, []).before.some(object => {
      const named = nameOf(object);
      return named?.kind === wanted.kind && named.name === wanted.name;
    });
  } catch {
    return false;
  }
}

/**
 * No Secret is read into a plan, and a request about a workload changes that
 * workload and no other.
 *
 * @throws OperationRefusal
 */
export function requireOwn(
  planned: readonly PlannedFile[],
  target: OperationTarget,
): void {
  for (const { file, edited } of planned) {
    for (const { document } of edited.values) {
      const named = nameOf(edited.before[document]);
      if (named?.kind === 'Secret') {
        throw new OperationRefusal({
          code: 'secret-in-file',
          reason: `${file.path} holds Secret ${named.name}`,
          hint: 'Change it where your secrets are kept: what the gate plans, many can read',
        });
      }
      if (
        isWorkloadKind(target.kind) &&
        named &&
        isWorkloadKind(named.kind) &&
        (named.kind !== target.kind || named.name !== target.name)
      ) {
        throw new OperationRefusal({
          code: 'other-object',
          reason: `${file.path} would change ${named.kind} ${named.name}, and ${target.kind} ${target.name} was asked for`,
          hint: `Ask for ${named.name}, or for the application that deploys both`,
        });
      }
    }
  }
}
