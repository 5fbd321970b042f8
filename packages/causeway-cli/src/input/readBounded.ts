import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a file, or why there are none. */
export type ReadResult =
  | { bytes: Buffer; rule?: undefined }
  | {
      bytes?: undefined;
      rule: 'file-unreadable' | 'file-too-large';
      message: string;
      help?: string;
    };

/**
 * Reads a regular file up to a bound. Pipes and devices are refused without
 * waiting for them, and a file that grows while it is read stays within the
 * bound.
 */
export function readBounded(path: string, maxBytes: number): ReadResult {
  let handle: number;
  try {
    // Without O_NONBLOCK opening a named pipe waits for a writer.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return unreadable(error);
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) {
      return {
        rule: 'file-unreadable',
        message: stat.isDirectory()
          ? 'This is a folder, not a file'
          : 'This is not a regular file',
      };
    }
    if (stat.size > maxBytes) {
      return tooLarge(stat.size, maxBytes);
    }
    const buffer = Buffer.allocUnsafe(Math.min(stat.size, maxBytes) + 1);
    let length = 0;
    for (;;) {
      const read = readSync(
        handle,
        buffer,
        length,
        buffer.length - length,
        null,
      );
      length += read;
      if (read === 0) {
        return { bytes: buffer.subarray(0, length) };
      }
      if (length === buffer.length) {
        return tooLarge(length, maxBytes);
      }
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    closeSync(handle);
  }
}

function tooLarge(size: number, maxBytes: number): ReadResult {
  return {
    rule: 'file-too-large',
    message: `The file has ${size} bytes; at most ${maxBytes} are read`,
    help: 'Split it, or raise catalog.validate.limits.fileBytes in causeway.yaml.',
  };
}

function unreadable(error: unknown): ReadResult {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    ENOENT: 'The file is not there',
    EACCES: 'The file may not be read',
    EPERM: 'The file may not be read',
    ELOOP: 'The file is a symbolic link in a circle',
    EISDIR: 'This is a folder, not a file',
    ENAMETOOLONG: 'The path is too long',
    ENOTDIR: 'A part of the path is a file, not a folder',
  };
  return {
    rule: 'file-unreadable',
    message:
      reasons[code ?? ''] ?? `The file cannot be read (${code ?? error})`,
    help:
      code === 'EACCES' || code === 'EPERM'
        ? 'Grant the right to read it, or leave it out by catalog.validate.ignore.'
        : undefined,
  };
}
