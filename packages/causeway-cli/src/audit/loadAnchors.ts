import { InputError } from '@backstage/errors';
import type {
  AnchorKey,
  Anchors,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Io } from '../cli/Io';
import { auditLibrary } from './auditLibrary';
import { openFile } from './openFile';

/** More than thousands of public keys take. */
const maxKeyBytes = 1024 * 1024;

/**
 * Reads signed checkpoints, and the public keys that may have signed them.
 *
 * @throws InputError where one of both is missing, cannot be read, or holds
 * nothing of the kind
 */
export async function loadAnchors(
  files: { anchors: readonly string[]; keys: readonly string[] },
  io: Io,
): Promise<Anchors | undefined> {
  const { anchors, keys } = files;
  if (anchors.length === 0 && keys.length === 0) {
    return undefined;
  }
  if (anchors.length === 0 || keys.length === 0) {
    throw new InputError(
      anchors.length === 0
        ? '--anchor-keys says who may have signed, and --anchors what: give both'
        : '--anchors takes --anchor-keys besides, the public keys that may have signed: whoever can write the file could put anything there',
    );
  }
  const known = (
    await Promise.all(keys.map(file => loadKeys(file, io)))
  ).flat();
  const { readAnchors } = auditLibrary();
  const read = await readAnchors(linesOf(anchors, io), known);
  if (read.report.checkpoints === 0 && read.report.findings.length === 0) {
    throw new InputError(
      `${anchors.join(', ')}: There is no checkpoint in it, so that it vouches for nothing. Is it the file of causeway.gate.audit.anchors.file?`,
    );
  }
  return read;
}

async function* linesOf(
  files: readonly string[],
  io: Io,
): AsyncGenerator<string> {
  const { maxCheckpointBytes, readLines } = auditLibrary();
  for (const file of files) {
    yield* readLines(openFile(file, io), { maxBytes: maxCheckpointBytes });
  }
}

async function loadKeys(file: string, io: Io): Promise<AnchorKey[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of openFile(file, io)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxKeyBytes) {
      throw new InputError(
        `${file}: It has more than 1 MiB, and so is no file of public keys`,
      );
    }
  }
  try {
    return auditLibrary().readPublicKeys(Buffer.concat(chunks).toString());
  } catch (error) {
    throw new InputError(
      `${file}: This is no file of public keys: ${(error as Error).message}`,
    );
  }
}
