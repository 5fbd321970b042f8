import {
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { SourceFile } from '../document/SourceFile';
import { Edit, Finding } from '../findings/finding';

/** The text after all edits that do not overlap an earlier one, and how many findings that settles. */
export function applyEdits(
  text: string,
  findings: readonly Finding[],
): { text: string; fixed: number } {
  const taken: Edit[] = [];
  let fixed = 0;
  for (const { fix } of findings) {
    if (
      fix?.length &&
      fix.every(edit => !taken.some(other => overlap(edit, other)))
    ) {
      taken.push(...fix);
      fixed += 1;
    }
  }
  taken.sort((a, b) => b.offset - a.offset);
  let result = text;
  for (const edit of taken) {
    result =
      result.slice(0, edit.offset) + edit.text + result.slice(edit.endOffset);
  }
  return { text: result, fixed };
}

function overlap(a: Edit, b: Edit): boolean {
  return a.offset < b.endOffset && b.offset < a.endOffset;
}

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
