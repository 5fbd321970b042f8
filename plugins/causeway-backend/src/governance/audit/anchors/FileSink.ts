import { type FileHandle, open } from 'node:fs/promises';
import {
  checkpointLine,
  maxCheckpointBytes,
  readCheckpointLine,
  type SignedCheckpoint,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { AnchorMismatch } from './AnchorMismatch';
import type { AnchorSink } from './AnchorSink';

/** Holds the last line, and one before it that was cut off while it was written. */
const tailBytes = 4 * maxCheckpointBytes;

/**
 * A file of JSON Lines on another volume, which is only ever appended to. What
 * it has is what counts: a file that was emptied or taken away is filled again
 * from the first checkpoint, and one that has more than the database shows
 * that an earlier copy of the database was put back.
 */
export class FileSink implements AnchorSink {
  readonly kind = 'file';

  readonly batch = 500;

  readonly name: string;

  constructor(path: string) {
    this.name = path;
  }

  async reached(
    _known: number,
    stored: (number: number) => Promise<SignedCheckpoint | undefined>,
  ): Promise<number> {
    const { last, size } = await this.#explained(() => this.#readTail());
    if (!last) {
      if (size > 0) {
        throw new AnchorMismatch(
          `${this.name} does not end with a checkpoint: somebody else wrote there, or it is another file. Keep it, and let the gate begin a new one`,
        );
      }
      return 0;
    }
    const { number, seq } = last.checkpoint;
    const own = await stored(number);
    if (own?.canonical !== last.canonical) {
      throw new AnchorMismatch(
        own
          ? `${this.name} has another checkpoint ${number} than the database: an earlier copy of the database was put back and went on, or another portal writes there. Verify the trail against that file, keep it, and let the gate begin a new one`
          : `${this.name} ends with checkpoint ${number} of entry ${seq}, and the database has no such checkpoint: an earlier copy of it was put back. Verify the trail against that file, keep it, and let the gate begin a new one`,
      );
    }
    return number;
  }

  async take(checkpoints: readonly SignedCheckpoint[]): Promise<void> {
    const lines = checkpoints.map(one => `${checkpointLine(one)}\n`).join('');
    await this.#explained(async () => {
      const { isTorn } = await this.#readTail();
      const file = await open(this.name, 'a', 0o640);
      try {
        // A line that was cut off stays as it is: the file is only appended to.
        await file.appendFile(isTorn ? `\n${lines}` : lines);
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }

  async #readTail(): Promise<{
    last?: SignedCheckpoint;
    size: number;
    isTorn: boolean;
  }> {
    let file: FileHandle;
    try {
      file = await open(this.name, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return { size: 0, isTorn: false };
      }
      throw error;
    }
    try {
      const { size } = await file.stat();
      if (size === 0) {
        return { size, isTorn: false };
      }
      const length = Math.min(size, tailBytes);
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(length),
        0,
        length,
        size - length,
      );
      const text = buffer.toString('utf8', 0, bytesRead);
      const lines = text.split('\n');
      const isTorn = lines.pop() !== '';
      const last = readCheckpointLine(lines[lines.length - 1] ?? '');
      return {
        // Cut off while the very first line was written: nothing is there yet.
        size: isTorn && size < maxCheckpointBytes && !last ? 0 : size,
        isTorn,
        ...(last && { last }),
      };
    } finally {
      await file.close();
    }
  }

  async #explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `${this.name} cannot be written and read (${code ?? 'unknown'}): is its volume there, and may the portal write it?`,
      );
    }
  }
}
