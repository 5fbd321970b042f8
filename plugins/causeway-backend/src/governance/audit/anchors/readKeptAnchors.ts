import { createReadStream } from 'node:fs';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  type Anchors,
  maxCheckpointBytes,
  readAnchors,
  readLines,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import type { AnchorSettings } from './AnchorSettings';
import { CheckpointStore } from './CheckpointStore';

/**
 * The checkpoints that the gate itself can reach: those of its file, which
 * count even where the database lost them, and those of the database.
 *
 * @throws ServiceUnavailableError where the file is there and cannot be read
 */
export async function readKeptAnchors(
  database: Knex,
  { file, known }: Pick<AnchorSettings, 'file' | 'known'>,
): Promise<Anchors> {
  async function* lines() {
    if (file !== undefined) {
      yield* linesOf(file);
    }
    yield* new CheckpointStore(database).lines();
  }
  return readAnchors(lines(), known);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* readLines(createReadStream(file), { maxBytes: maxCheckpointBytes });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      throw new ServiceUnavailableError(
        `The anchors of the trail cannot be read from ${file} (${code ?? 'unknown'}): is its volume there, and may the portal read it?`,
      );
    }
  }
}
