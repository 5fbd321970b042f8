import { dirname, relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { InputError } from '@backstage/errors';
import { readBounded } from '../input/readBounded';
import { isRecord } from './merge';
import { requireKnownFields } from './requireKnownFields';

/** One case: a request, and what should become of it. */
export interface PolicyCase {
  /** Its file, for people. */
  file: string;
  line: number;
  name: string;
  /** Absolute paths of the policy's files. */
  policy: string[];
  input: unknown;
  expect: Record<string, unknown>;
}

const maxBytes = 1024 * 1024;
const known = ['name', 'policy', 'input', 'expect'];

/**
 * The cases of a file: `policy` (files, relative to it) and `cases`, or one
 * case by itself. A policy that lies in the same folder as its cases has none;
 * only where it was named by itself that is a mistake.
 */
export function readCases(
  path: string,
  { workingFolder, isNamed }: { workingFolder: string; isNamed: boolean },
): PolicyCase[] {
  const file = relative(workingFolder, path) || path;
  const read = readBounded(path, maxBytes);
  if (!read.bytes) {
    throw new InputError(`${file}: ${read.message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(read.bytes.toString('utf8'), {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new InputError(`${file}:${line}:${col} ${error.message}`);
  }
  const root = document.toJS({ maxAliasCount: 100 }) as unknown;
  if (!isRecord(root)) {
    throw new InputError(`${file}: a file of cases has policy and cases`);
  }
  if (root.kind === 'Policy') {
    if (isNamed) {
      throw new InputError(
        `${file} is a policy: name its cases; "causeway policy check" reads policies`,
      );
    }
    return [];
  }
  const list = Array.isArray(root.cases) ? root.cases : [root];
  return list.map((one: unknown, at) => {
    const node = document.getIn(
      Array.isArray(root.cases) ? ['cases', at] : [],
      true,
    ) as { range?: [number, number, number] } | undefined;
    const { line } = lines.linePos(node?.range?.[0] ?? 0);
    const where = `${file}:${line}`;
    if (
      !isRecord(one) ||
      typeof one.name !== 'string' ||
      !isRecord(one.expect)
    ) {
      throw new InputError(`${where} a case has name, input and expect`);
    }
    const unknown = Object.keys(one).find(key => !known.includes(key));
    if (unknown) {
      throw new InputError(
        `${where} a case has ${known.join(', ')}; there is no ${unknown}`,
      );
    }
    requireKnownFields(one, where);
    const policy = one.policy ?? root.policy;
    const files = typeof policy === 'string' ? [policy] : policy;
    if (!Array.isArray(files) || files.length === 0) {
      throw new InputError(
        `${where} policy names the files that are tested, relative to this one`,
      );
    }
    return {
      file,
      line,
      name: one.name,
      policy: files.map(entry => resolve(dirname(path), String(entry))),
      input: one.input,
      expect: one.expect,
    };
  });
}
