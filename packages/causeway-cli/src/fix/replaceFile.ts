import {
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { SourceFile } from '../document/SourceFile';

/** Writes a file beside the old one and moves it over, so that a crash leaves one of the two. */
export function replaceFile(file: SourceFile, text: string): void {
  const path = realpathSync(file.absolutePath!);
  const beside = `${path}.causeway-${process.pid}`;
  try {
    writeFileSync(beside, text, { mode: statSync(path).mode });
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
